using System.Buffers;

namespace Bridge.Shortlisting;

/// <summary>Light English suffix stemming: enough that <c>calculates</c>, <c>calculating</c> and <c>calculation</c> meet. Other languages pass.</summary>
internal static class Stemmer
{
    private static readonly SearchValues<char> s_vowels = SearchValues.Create("aeiouy");

    // Longest first; what is left must keep at least the given number of letters.
    private static readonly (string Suffix, string Replacement, int Least)[] s_suffixes =
    [
        ("ications", "i", 4), ("ication", "i", 4),
        ("ations", "at", 3), ("ation", "at", 3), ("ators", "at", 3), ("ator", "at", 3),
        ("ings", "", 3), ("ions", "", 4), ("ments", "", 4), ("ment", "", 4),
        ("ing", "", 3), ("ion", "", 4), ("ied", "i", 2), ("ies", "i", 2), ("ers", "", 4), ("ors", "", 4),
        ("ed", "", 3), ("er", "", 4), ("or", "", 4), ("ly", "", 4),
        ("sses", "ss", 1), ("xes", "x", 1), ("ches", "ch", 2), ("shes", "sh", 2), ("zes", "z", 2),
    ];

    /// <summary>Stems a lower-case word in place.</summary>
    /// <param name="word">The word; its beginning holds the stem afterwards.</param>
    /// <returns>The stem's length.</returns>
    public static int Stem(Span<char> word)
    {
        if (word.Length < 3 || char.IsAsciiDigit(word[0]))
        {
            return word.Length;
        }

        int length = StripSuffix(word);
        if (length > 3 && word[length - 1] == 'e')
        {
            length--;
        }

        if (length > 2 && word[length - 1] == 'y' && !IsVowel(word[length - 2]))
        {
            word[length - 1] = 'i';
        }

        return length;
    }

    private static int StripSuffix(Span<char> word)
    {
        foreach ((string suffix, string replacement, int least) in s_suffixes)
        {
            if (word.Length - suffix.Length >= least && word.EndsWith(suffix, StringComparison.Ordinal)
                && HasVowel(word[..^suffix.Length]) && !word.EndsWith("ply", StringComparison.Ordinal))
            {
                int length = word.Length - suffix.Length;
                replacement.CopyTo(word[length..]);
                return Undouble(word, length + replacement.Length);
            }
        }

        bool plural = word.Length > 3 && word[^1] == 's' && word[^2] is not ('s' or 'u' or 'i');
        return plural ? word.Length - 1 : word.Length;
    }

    private static int Undouble(ReadOnlySpan<char> word, int length) =>
        length > 3 && word[length - 1] == word[length - 2] && word[length - 1] is not ('s' or 'l' or 'z') ? length - 1 : length;

    private static bool HasVowel(ReadOnlySpan<char> word) => word.ContainsAny(s_vowels);

    private static bool IsVowel(char letter) => "aeiou".Contains(letter, StringComparison.Ordinal);
}
