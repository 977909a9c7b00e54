using System.Globalization;

namespace Bridge.Tokens;

/// <summary>Estimates the tokens of a text from its characters, rather too many than too few.</summary>
internal static class TextTokens
{
    // Sixtieths of a token for a character, so that sums are exact. Chosen above what tokenizers of some
    // 32k to 150k entries need on prose and JSON of that kind.
    private const int Unit = 60;
    private const int Word = 20;         // three letters a token
    private const int Space = 10;        // mostly part of the word that follows
    private const int Digit = 60;        // several vocabularies split numbers into digits
    private const int Symbol = 45;
    private const int LetterBeyondAscii = 40;
    private const int Ideograph = 90;    // small vocabularies spell them in bytes
    private const int Surrogate = 90;    // two of them are one emoji

    public static int Estimate(ReadOnlySpan<char> text)
    {
        long sum = 0;
        foreach (char character in text)
        {
            sum += Weigh(character);
        }

        return (int)Math.Min(int.MaxValue, (sum + Unit - 1) / Unit);
    }

    private static int Weigh(char character) => character switch
    {
        >= 'a' and <= 'z' or >= 'A' and <= 'Z' => Word,
        ' ' => Space,
        >= '0' and <= '9' => Digit,
        < '\u0080' => Symbol,
        >= '\u2E80' and <= '\u9FFF' or >= '\uAC00' and <= '\uD7AF' or >= '\uF900' and <= '\uFAFF' => Ideograph,
        _ when char.IsSurrogate(character) => Surrogate,
        _ when char.GetUnicodeCategory(character) is UnicodeCategory.LowercaseLetter or UnicodeCategory.UppercaseLetter => LetterBeyondAscii,
        _ => Unit,
    };
}
