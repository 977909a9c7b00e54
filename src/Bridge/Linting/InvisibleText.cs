using System.Globalization;
using System.Text;

namespace Bridge.Linting;

/// <summary>Finds characters that deceive who reads a text.</summary>
internal static class InvisibleText
{
    // Letters of Cyrillic and Greek that most fonts draw like Latin ones.
    private const string Lookalikes = "аеорсухіјѕһԁԛԝАВЕКМНОРСТУХІЈЅΑΒΕΖΗΙΚΜΝΟΡΤΥΧαοινρυ";

    /// <summary>Describes the first character that is not shown; <see langword="null"/> when there is none.</summary>
    /// <remarks>Joiners count in names only: scripts and emoji need them in sentences.</remarks>
    public static string? Find(string text, bool isName = true)
    {
        foreach (Rune rune in text.EnumerateRunes())
        {
            bool hidden = Rune.GetUnicodeCategory(rune) switch
            {
                UnicodeCategory.Format => isName || rune.Value is not (0x200C or 0x200D) && !IsFlagTag(rune, text),
                UnicodeCategory.Control => isName || !Rune.IsWhiteSpace(rune),
                UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator or UnicodeCategory.PrivateUse => isName,
                UnicodeCategory.OtherNotAssigned => isName,
                _ => false,
            };
            if (hidden)
            {
                return Describe(rune);
            }
        }

        return null;
    }

    /// <summary>Describes the first letter that looks like a Latin one beside Latin ones; <see langword="null"/> when there is none.</summary>
    public static string? FindLookalike(string name) =>
        name.Any(char.IsAsciiLetter) && name.FirstOrDefault(letter => Lookalikes.Contains(letter, StringComparison.Ordinal)) is var found and not '\0'
            ? $"'{found}' ({Describe(new Rune(found))})"
            : null;

    // The flags of England, Scotland and Wales are written with tags.
    private static bool IsFlagTag(Rune rune, string text) => rune.Value is >= 0xE0020 and <= 0xE007F && text.Contains("\U0001F3F4", StringComparison.Ordinal);

    private static string Describe(Rune rune) => $"U+{rune.Value:X4}";
}
