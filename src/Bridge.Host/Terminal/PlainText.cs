using System.Globalization;
using System.Text;

namespace Bridge.Host.Terminal;

/// <summary>Text of servers, tools and files as a terminal may show it: what moves its cursor, turns the reading direction or cannot be seen becomes U+FFFD.</summary>
internal static class PlainText
{
    /// <summary>A name, or what must be one line.</summary>
    /// <param name="text">The text.</param>
    /// <returns>The text without characters that cannot be seen; line ends are among them.</returns>
    public static string Line(string text) => Replace(text, IsHidden);

    /// <summary>Text to read.</summary>
    /// <param name="text">The text.</param>
    /// <returns>The text; its lines and tabs stay, and the joiners that scripts and emoji need.</returns>
    public static string Lines(string text) =>
        Replace(text.ReplaceLineEndings("\n"), rune => rune.Value is not ('\n' or '\t' or 0x200C or 0x200D) && IsHidden(rune));

    private static bool IsHidden(Rune rune) => Rune.IsControl(rune) || Rune.GetUnicodeCategory(rune) == UnicodeCategory.Format;

    private static string Replace(string text, Func<Rune, bool> isHidden)
    {
        var shown = new StringBuilder(text.Length);
        foreach (Rune rune in text.EnumerateRunes())
        {
            shown.Append(isHidden(rune) ? "\uFFFD" : rune.ToString());
        }

        return shown.ToString();
    }
}
