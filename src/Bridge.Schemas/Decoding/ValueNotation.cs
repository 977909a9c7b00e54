using System.Buffers;
using System.Collections.Immutable;
using System.Text;
using System.Text.Json;
using Bridge.Schemas.Automata;

namespace Bridge.Schemas.Decoding;

/// <summary>How values are written: as JSON, as Python, with delimiters around strings, or strings as they stand. Immutable.</summary>
public sealed class ValueNotation
{
    private const int MaxBareName = 64;

    private static readonly SearchValues<char> s_structure = SearchValues.Create(":,{}[]<>|\"\r\n\t");

    private ValueNotation(string name, JsonStyle style, params ImmutableArray<TextQuote> quotes)
    {
        Name = name;
        Style = style;
        Quotes = quotes;
    }

    /// <summary>Strings as they stand, up to what closes them; other values as <see cref="Json"/>.</summary>
    public static ValueNotation Plain { get; } = new("plain", JsonStyle.Spaced, new TextQuote("\"", JsonSpelling.Of)) { IsPlain = true };

    /// <summary>As <see cref="Plain"/>, but text with <c>&lt;</c>, <c>&amp;</c> or a line feed in it stands in a CDATA section (XML 1.0, section 2.7).</summary>
    public static ValueNotation CData { get; } = new("CDATA", JsonStyle.Spaced, new TextQuote("\"", JsonSpelling.Of)) { IsPlain = true, HasSections = true };

    /// <summary>JSON with a space after colon and comma.</summary>
    public static ValueNotation Json { get; } = new("JSON", JsonStyle.Spaced, new TextQuote("\"", JsonSpelling.Of));

    /// <summary>JSON without spaces.</summary>
    public static ValueNotation CompactJson { get; } = new("compact JSON", JsonStyle.Compact, new TextQuote("\"", JsonSpelling.Of));

    /// <summary>Python's literals: <c>{'a': True, "it's": None}</c>.</summary>
    public static ValueNotation Python { get; } = new(
        "Python", JsonStyle.Spaced, new TextQuote("'", TextSpellings.SingleQuoted), new TextQuote("\"", TextSpellings.DoubleQuoted))
    {
        True = "True",
        False = "False",
        Null = "None",
    };

    /// <summary>What the notation is, for people.</summary>
    public string Name { get; }

    /// <summary>Whether a string that is a whole value stands as it is.</summary>
    internal bool IsPlain { get; private init; }

    /// <summary>Whether strings that are whole values may stand in CDATA sections.</summary>
    internal bool HasSections { get; private init; }

    /// <summary>Whether names of members stand without quotes.</summary>
    internal bool HasBareNames { get; private init; }

    internal string True { get; private init; } = "true";

    internal string False { get; private init; } = "false";

    internal string Null { get; private init; } = "null";

    internal JsonStyle Style { get; }

    /// <summary>The quotes that a string may stand in.</summary>
    internal ImmutableArray<TextQuote> Quotes { get; }

    /// <summary>Whether values are JSON.</summary>
    internal bool IsJson => Quotes is [{ Mark: "\"", IsPlain: false }];

    /// <summary>JSON without spaces, but for strings, which stand as they are between delimiters, names, which stand bare, and null, which is Python's.</summary>
    /// <param name="delimiter">What stands before and after a string.</param>
    public static ValueNotation Delimited(string delimiter) => new(
        "delimited", JsonStyle.Compact, new TextQuote(delimiter, TextSpellings.Plain) { IsPlain = true }, new TextQuote("\"", JsonSpelling.Of))
    {
        HasBareNames = true,
        Null = "None",
    };

    /// <summary>Writes a value.</summary>
    /// <param name="value">The value.</param>
    public string Write(JsonElement value)
    {
        var text = new StringBuilder();
        Write(text, value);
        return text.ToString();
    }

    /// <summary>JSON in a style.</summary>
    internal static ValueNotation Of(JsonStyle style) => style == JsonStyle.Compact ? CompactJson : Json;

    /// <summary>A name as it stands before its colon.</summary>
    internal string Spell(string name) => HasBareNames && name.Length > 0 && name.AsSpan().IndexOfAny(s_structure) < 0 ? name : Quotes.First(quote => quote.Takes(name)).Spell(name);

    /// <summary>Whether a name stands alike in every notation.</summary>
    internal static bool IsBare(string name) =>
        name.Length is > 0 and <= MaxBareName && name.All(character => char.IsAsciiLetterOrDigit(character) || character is '_' or '-' or '.');

    private void Write(StringBuilder text, JsonElement value)
    {
        string separator = "";
        switch (value.ValueKind)
        {
            case JsonValueKind.Object:
                text.Append('{');
                foreach (JsonProperty member in value.EnumerateObject())
                {
                    text.Append(separator).Append(Spell(member.Name)).Append(Encoding.ASCII.GetString(Style.Colon));
                    Write(text, member.Value);
                    separator = Encoding.ASCII.GetString(Style.Comma);
                }

                text.Append('}');
                break;
            case JsonValueKind.Array:
                text.Append('[');
                foreach (JsonElement item in value.EnumerateArray())
                {
                    text.Append(separator);
                    Write(text, item);
                    separator = Encoding.ASCII.GetString(Style.Comma);
                }

                text.Append(']');
                break;
            case JsonValueKind.String:
                string held = value.GetString()!;
                text.Append(Quotes.First(quote => quote.Takes(held)).Spell(held));
                break;
            default:
                text.Append(value.ValueKind switch
                {
                    JsonValueKind.True => True,
                    JsonValueKind.False => False,
                    JsonValueKind.Null => Null,
                    _ => value.GetRawText(),
                });
                break;
        }
    }
}
