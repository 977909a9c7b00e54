using System.Globalization;
using System.Text;

namespace Bridge.Schemas.Exports;

/// <summary>How GBNF spells literals, sets of characters and repetitions.</summary>
/// <remarks>Everything but plain ASCII is escaped, so that no text of a schema can end a literal or begin a rule.</remarks>
internal static class GbnfSpelling
{
    /// <summary>The most repetitions that llama.cpp takes (<c>MAX_REPETITION_THRESHOLD</c> is 2000, itself too many).</summary>
    public const int MaxRepeats = 1_999;

    /// <summary>A literal; lone surrogates are read as U+FFFD, as JSON writers do.</summary>
    public static string Literal(string text)
    {
        var literal = new StringBuilder("\"");
        foreach (Rune rune in text.EnumerateRunes())
        {
            literal.Append(rune.Value switch
            {
                '"' => "\\\"",
                '\\' => "\\\\",
                '\n' => "\\n",
                _ => Character(rune.Value),
            });
        }

        return literal.Append('"').ToString();
    }

    /// <summary>A set of characters.</summary>
    public static string Set(IEnumerable<(int First, int Last)> ranges)
    {
        var set = new StringBuilder("[");
        foreach ((int first, int last) in ranges)
        {
            set.Append(InSet(first));
            if (last > first)
            {
                set.Append(last > first + 1 ? "-" : "").Append(InSet(last));
            }
        }

        return set.Append(']').ToString();
    }

    /// <summary>Something repeated; nothing when it may not stand at all.</summary>
    /// <param name="item">A symbol, not a sequence.</param>
    /// <param name="least">How often at least; the bounds must be within <see cref="MaxRepeats"/>.</param>
    /// <param name="most">How often at most; <see langword="null"/> for no bound.</param>
    public static string Repeat(string item, int least, int? most) => (least, most) switch
    {
        (_, 0) => "",
        (1, 1) => item,
        (0, 1) => $"{item}?",
        (0, null) => $"{item}*",
        (1, null) => $"{item}+",
        (_, null) => string.Create(CultureInfo.InvariantCulture, $"{item}{{{least},}}"),
        _ when least == most => string.Create(CultureInfo.InvariantCulture, $"{item}{{{least}}}"),
        _ => string.Create(CultureInfo.InvariantCulture, $"{item}{{{least},{most}}}"),
    };

    /// <summary>Symbols in a row; those that say nothing are left out.</summary>
    public static string Sequence(params IEnumerable<string> symbols) => string.Join(' ', symbols.Where(symbol => symbol.Length > 0));

    /// <summary>Alternatives; one that says nothing is written as the empty literal.</summary>
    public static string Choice(IEnumerable<string> options) => string.Join(" | ", options.Select(option => option.Length == 0 ? "\"\"" : option));

    private static string InSet(int codePoint) => codePoint switch
    {
        '\\' or ']' or '[' or '-' => $"\\{(char)codePoint}",
        '^' => "\\x5E",
        _ => Character(codePoint),
    };

    private static string Character(int codePoint) => codePoint switch
    {
        >= ' ' and < 0x7F => ((char)codePoint).ToString(),
        <= 0xFF => "\\x" + codePoint.ToString("X2", CultureInfo.InvariantCulture),
        <= 0xFFFF => "\\u" + codePoint.ToString("X4", CultureInfo.InvariantCulture),
        _ => "\\U" + codePoint.ToString("X8", CultureInfo.InvariantCulture),
    };
}
