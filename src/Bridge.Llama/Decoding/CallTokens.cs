using System.Text;
using Bridge.Llama.Inference;
using Bridge.Llama.Masks;
using Bridge.Llama.Tokens;

namespace Bridge.Llama.Decoding;

/// <summary>What surrounds calls, in the tokens of one model; and how likely the model is to begin or to end them.</summary>
internal sealed class CallTokens
{
    private readonly int[] _beginnings;
    private readonly int[] _ends;

    public CallTokens(CallProgram program, LlamaModel model)
    {
        Program = program;
        Model = model;
        Opening = Tokens(program.Opening);
        Closing = Tokens(program.Closing);
        Next = Tokens(program.Separator + program.Opening);
        _ends = model.Vocabulary.EndTokens;
        _beginnings = Beginnings();
    }

    /// <summary>The calls.</summary>
    public CallProgram Program { get; }

    /// <summary>The model.</summary>
    public LlamaModel Model { get; }

    /// <summary>What stands before the first call.</summary>
    public int[] Opening { get; }

    /// <summary>What stands after a call.</summary>
    public int[] Closing { get; }

    /// <summary>What stands between the closing of a call and the body of the next.</summary>
    public int[] Next { get; }

    /// <summary>How likely the model is to call a tool, 0 to 1: to begin as a call does rather than with anything else.</summary>
    public double CallLikelihood(ReadOnlySpan<float> logits) =>
        Math.Exp(Logits.LogSum(logits, _beginnings) - Logits.LogSum(logits));

    /// <summary>How likely the model is to call another tool rather than to end, 0 to 1.</summary>
    public double NextLikelihood(ReadOnlySpan<float> logits)
    {
        double next = Next.Length == 0 ? double.NegativeInfinity : logits[Next[0]];
        double end = Logits.LogSum(logits, _ends);
        return double.IsNegativeInfinity(next) ? 0 : 1 / (1 + Math.Exp(end - next));
    }

    private int[] Tokens(string text)
    {
        var tokens = new List<int>();
        Model.Tokenizer.Write(text, tokens, special: true);
        return [.. tokens];
    }

    private int[] Beginnings()
    {
        if (Opening.Length == 0)
        {
            return [.. Model.Masks.Of(Program.Body.Start).ToEnumerable()];
        }

        // The opening may be one token of its own, or be spelled: then every token it begins with counts.
        byte[] text = Encoding.UTF8.GetBytes(Program.Opening);
        return [.. Enumerable.Range(0, Model.Vocabulary.Count)
            .Where(token => token == Opening[0] || (Model.Vocabulary.Kind(token) == TokenKinds.None && text.AsSpan().StartsWith(Model.Vocabulary.Text(token))))];
    }
}
