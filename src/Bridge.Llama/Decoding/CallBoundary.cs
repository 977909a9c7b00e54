using System.Text;
using Bridge.Llama.Inference;
using Bridge.Llama.Masks;
using Bridge.Schemas.Decoding;

namespace Bridge.Llama.Decoding;

/// <summary>What the model chooses between after a call, in its tokens: another call or the end.</summary>
/// <remarks>
/// Where nothing stands between two calls, the next begins as every call of the form does. What that beginning and the end have in common
/// is written before the choice, since nothing is chosen there.
/// </remarks>
internal sealed class CallBoundary
{
    private readonly int[] _nexts = [];
    private readonly int[] _ends = [];

    /// <param name="program">The calls.</param>
    /// <param name="model">The model.</param>
    /// <param name="mask">What may follow within a call.</param>
    public CallBoundary(CallProgram program, LlamaModel model, Func<DecodingState, TokenMask> mask)
    {
        Tail = model.Tokenizer.OfTemplate(program.Tail);
        if (program.Next is not { } text)
        {
            return;
        }

        Next = model.Tokenizer.OfTemplate(text);
        int[] next = Next.Length > 0 ? Next : model.Tokenizer.OfTemplate(program.Beginning);
        int[] end = model.Tokenizer.OfTemplate(program.End);
        int shared = next.AsSpan().CommonPrefixLength(end);
        if (shared > 0 && shared == end.Length)
        {
            return; // a call begins with the end: nothing tells them apart
        }

        Begun = next[..shared];
        Tail = [.. Tail, .. Begun];
        int? ownNext = shared < next.Length ? next[shared] : null;
        int? ownEnd = end.Length > 0 ? end[shared] : null;
        int[] nexts = Next.Length > 0 ? [.. model.FirstTokens(text + program.Beginning), .. Next[..1]] : [.. mask(StateAfter(program, model)).ToEnumerable()];
        int[] ends = end.Length > 0 ? model.FirstTokens(model.Vocabulary.Show(end.AsSpan(shared))) : model.Vocabulary.EndTokens;

        // A token that may begin either counts for the one whose own tokens begin with it.
        _nexts = [.. nexts.Where(token => token == ownNext || !ends.Contains(token)).Distinct()];
        _ends = [.. ends.Where(token => token == ownEnd || !nexts.Contains(token))];
    }

    /// <summary>What stands after every call, whatever follows.</summary>
    public int[] Tail { get; }

    /// <summary>The end of it, where that is the beginning of the next call already.</summary>
    public int[] Begun { get; } = [];

    /// <summary>What stands between that and the next call.</summary>
    public int[] Next { get; } = [];

    /// <summary>Whether another call may follow.</summary>
    public bool CanFollow => _nexts.Length > 0;

    /// <summary>How likely the model is to call another tool rather than to end, 0 to 1.</summary>
    public double NextLikelihood(ReadOnlySpan<float> logits) =>
        CanFollow ? 1 / (1 + Math.Exp(Logits.LogSum(logits, _ends) - Logits.LogSum(logits, _nexts))) : 0;

    private DecodingState StateAfter(CallProgram program, LlamaModel model)
    {
        program.Body(0).Start.Take(Encoding.UTF8.GetBytes(model.Vocabulary.Show(Begun)), out DecodingState state);
        return state;
    }
}
