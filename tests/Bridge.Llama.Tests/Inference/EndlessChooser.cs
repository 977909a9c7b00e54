using Bridge.Llama.Decoding;
using Bridge.Llama.Masks;

namespace Bridge.Llama.Tests.Inference;

/// <summary>Never chooses to end.</summary>
internal sealed class EndlessChooser : ITokenChooser
{
    public int Choose(TokenMask mask, ReadOnlySpan<float> logits, int best, ReadOnlySpan<byte> written)
    {
        Thread.Sleep(1);
        return mask.ToEnumerable().FirstOrDefault(token => TinyModels.Require().Vocabulary.Text(token) is [(byte)'a' or (byte)'w'], best);
    }
}
