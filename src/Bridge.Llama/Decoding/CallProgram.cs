using System.Collections.Immutable;
using System.Text;
using Bridge.Llama.Tokens;
using Bridge.Schemas.Decoding;

namespace Bridge.Llama.Decoding;

/// <summary>How calls of some tools are written in the form a model was trained for, ready to be decoded. Immutable.</summary>
internal sealed class CallProgram
{
    /// <param name="opening">What stands before a call, written by the template's author.</param>
    /// <param name="body">The program of a call: one of the tools and its arguments.</param>
    /// <param name="closing">What stands after a call.</param>
    /// <param name="separator">What stands between the closing of a call and the opening of the next.</param>
    /// <param name="markers">Names of special tokens that the form uses inside a body.</param>
    public CallProgram(string opening, DecodingProgram body, string closing, string separator, ImmutableArray<string> markers)
    {
        Opening = opening;
        Body = body;
        Closing = closing;
        Separator = separator;
        Markers = [.. markers.Select(marker => Encoding.UTF8.GetBytes(marker))];
    }

    /// <summary>What stands before a call.</summary>
    public string Opening { get; }

    /// <summary>What is decoded for a call.</summary>
    public DecodingProgram Body { get; }

    /// <summary>What stands after a call.</summary>
    public string Closing { get; }

    /// <summary>What stands between the closing of a call and the opening of the next.</summary>
    public string Separator { get; }

    /// <summary>Names of special tokens that the form uses inside a body.</summary>
    public ImmutableArray<byte[]> Markers { get; }

    /// <summary>Turns forced text of a body into tokens; nothing that a tool's author wrote becomes a special token.</summary>
    public void Tokenize(ReadOnlySpan<byte> text, Tokenizer tokenizer, List<int> output)
    {
        while (FindMarker(text) is { Start: >= 0 } marker)
        {
            tokenizer.Write(text[..marker.Start], output, special: false);
            tokenizer.Write(text.Slice(marker.Start, marker.Length), output, special: true);
            text = text[(marker.Start + marker.Length)..];
        }

        tokenizer.Write(text, output, special: false);
    }

    private (int Start, int Length) FindMarker(ReadOnlySpan<byte> text)
    {
        (int start, int length) = (-1, 0);
        foreach (byte[] marker in Markers)
        {
            int at = text.IndexOf(marker);
            if (at >= 0 && (start < 0 || at < start))
            {
                (start, length) = (at, marker.Length);
            }
        }

        return (start, length);
    }
}
