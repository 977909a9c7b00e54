using Bridge.Llama.Inference;

namespace Bridge.Llama.Bench;

/// <summary>Reads a prompt and writes nothing: what a batch costs.</summary>
internal sealed class ReadGeneration(int[] prompt, int stablePrefix) : Generation(prompt, stablePrefix, maxTokens: 1)
{
    /// <inheritdoc/>
    public override bool Advance(in LogitRows rows, TokenFeed feed) => false;
}
