using System.Collections.Immutable;
using System.Text;
using Bridge.Llama.Inference;
using Bridge.Llama.Masks;
using Bridge.Schemas.Decoding;

namespace Bridge.Llama.Decoding;

/// <summary>Calls of some tools in the tokens of one model; and how likely the model is to begin them.</summary>
internal sealed class CallTokens
{
    private readonly int[] _beginnings;
    private readonly ImmutableArray<int> _markerTokens;
    private readonly ImmutableArray<byte[]> _markers;

    public CallTokens(CallProgram program, LlamaModel model)
    {
        Program = program;
        Model = model;
        Opening = model.Tokenizer.OfTemplate(program.Opening);
        _markerTokens = Markers();
        _markers = [.. _markerTokens.Select(token => model.Vocabulary.Text(token).ToArray())];
        _beginnings = Opening.Length > 0 ? model.FirstTokens(program.Opening) : [.. Mask(program.Body(0).Start).ToEnumerable()];
        Boundary = new CallBoundary(program, model, state => Mask(state));
    }

    /// <summary>The calls.</summary>
    public CallProgram Program { get; }

    /// <summary>The model.</summary>
    public LlamaModel Model { get; }

    /// <summary>What stands before the first call.</summary>
    public int[] Opening { get; }

    /// <summary>What stands after a call, and the choice that is made there.</summary>
    public CallBoundary Boundary { get; }

    /// <summary>How likely the model is to call a tool, 0 to 1: to begin as a call does rather than with anything else.</summary>
    public double CallLikelihood(ReadOnlySpan<float> logits) =>
        Math.Exp(Logits.LogSum(logits, _beginnings) - Logits.LogSum(logits));

    /// <summary>What may follow within a call: text, and the special tokens of the form.</summary>
    public TokenMask Mask(in DecodingState state) => Model.Masks.Of(state, _markerTokens);

    /// <summary>How much at the end of forced text may be the beginning of a special token of the form, and so is left to the model.</summary>
    public int Undecided(ReadOnlySpan<byte> text)
    {
        int longest = 0;
        foreach (byte[] marker in _markers)
        {
            for (int length = Math.Min(marker.Length - 1, text.Length); length > longest; length--)
            {
                longest = text.EndsWith(marker.AsSpan(0, length)) ? length : longest;
            }
        }

        return longest;
    }

    /// <summary>Turns forced text of a call into tokens; nothing that a tool's author wrote becomes a special token.</summary>
    public void Tokenize(ReadOnlySpan<byte> text, List<int> output)
    {
        while (FindMarker(text) is { Start: >= 0 } marker)
        {
            Model.Tokenizer.Write(text[..marker.Start], output, special: false);
            Model.Tokenizer.Write(text.Slice(marker.Start, marker.Length), output, special: true);
            text = text[(marker.Start + marker.Length)..];
        }

        Model.Tokenizer.Write(text, output, special: false);
    }

    /// <summary>The length of the special token that a text begins with, in bytes; 0 for none.</summary>
    public int LeadingMarker(ReadOnlySpan<byte> text) => FindMarker(text) is { Start: 0 } marker ? marker.Length : 0;

    private (int Start, int Length) FindMarker(ReadOnlySpan<byte> text)
    {
        (int start, int length) = (-1, 0);
        foreach (byte[] marker in _markers)
        {
            int at = text.IndexOf(marker);
            if (at >= 0 && (start < 0 || at < start))
            {
                (start, length) = (at, marker.Length);
            }
        }

        return (start, length);
    }

    /// <summary>The special tokens that the form has inside a call. Where a tool's own text holds one, it stays text for all.</summary>
    private ImmutableArray<int> Markers()
    {
        string texts = string.Join('\n', Program.Form.FixedTexts());
        string own = string.Join('\n', Program.Tools.Select(tool => tool.Name + tool.Schema.Source.GetRawText()));
        return [.. Model.Vocabulary.NamedTokens.Where(token => !Model.Vocabulary.IsEnd(token)
            && Encoding.UTF8.GetString(Model.Vocabulary.Text(token)) is var text
            && texts.Contains(text, StringComparison.Ordinal) && !own.Contains(text, StringComparison.Ordinal))];
    }
}
