using System.Buffers;
using Bridge.Schemas.Automata;

namespace Bridge.Schemas.Decoding;

/// <summary>The CDATA section in which text stands that markup would not hold (XML 1.0, section 2.7).</summary>
internal static class TextSection
{
    /// <summary>What opens a section.</summary>
    public const string Open = "<![CDATA[";

    /// <summary>What closes it.</summary>
    public const string Close = "]]>";

    /// <summary>An expression for texts that stand in a section.</summary>
    public const string Needed = "[^]*[<&\\n][^]*";

    private static readonly SearchValues<char> s_needed = SearchValues.Create("<&\n");

    /// <summary>Whether a text stands in a section.</summary>
    public static bool Holds(string text) => text.AsSpan().IndexOfAny(s_needed) >= 0;

    /// <summary>A text in a section.</summary>
    public static string Of(string text) => Open + text + Close;

    /// <summary>Whether a text reads back as itself.</summary>
    public static bool Takes(string text) => ClosedTexts.IsClosed(text, Close);
}
