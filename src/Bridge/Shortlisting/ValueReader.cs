using System.Collections.Frozen;

namespace Bridge.Shortlisting;

/// <summary>Says what kinds of values stand in a text, roughly: enough to tell a tool that wants one from a tool that has no use for it.</summary>
internal static class ValueReader
{
    private const int ShortestIdentifier = 3;
    private const int ShortestMixedCase = 6;
    private const int YearLength = 4;

    private static readonly FrozenSet<string>.AlternateLookup<ReadOnlySpan<char>> s_dateWords =
        """
        today tomorrow yesterday tonight january february march april june july august september october november december
        monday tuesday wednesday thursday friday saturday sunday
        """.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries).ToFrozenSet(StringComparer.OrdinalIgnoreCase).GetAlternateLookup<ReadOnlySpan<char>>();

    /// <summary>Reads the kinds.</summary>
    /// <param name="text">The text.</param>
    public static ValueKinds Read(ReadOnlySpan<char> text)
    {
        ValueKinds kinds = text.Contains('"') || text.Contains(" '", StringComparison.Ordinal) ? ValueKinds.Text : ValueKinds.None;
        bool first = true;
        foreach (Range range in text.SplitAny(" ,()\n\t"))
        {
            ReadOnlySpan<char> token = text[range].Trim("\"'.?!:");
            if (!token.IsEmpty)
            {
                kinds |= KindOf(token, first);
                first = false;
            }
        }

        return kinds;
    }

    private static ValueKinds KindOf(ReadOnlySpan<char> token, bool first)
    {
        bool digits = token.ContainsAnyInRange('0', '9');
        bool letters = token.ContainsAnyInRange('a', 'z') || token.ContainsAnyInRange('A', 'Z');
        if (digits && !letters && (token.ContainsAny("-/:") || (token.Length == YearLength && token[0] is '1' or '2')))
        {
            return ValueKinds.Date;
        }

        if (letters && ((digits && token.Length >= ShortestIdentifier) || IsMixedCase(token)))
        {
            return ValueKinds.Identifier;
        }

        if (digits)
        {
            return ValueKinds.Number;
        }

        // The first word of a sentence is a capital's, whatever it is.
        ValueKinds name = !first && char.IsUpper(token[0]) ? ValueKinds.Text : ValueKinds.None;
        return s_dateWords.Contains(token) ? name | ValueKinds.Date : name;
    }

    private static bool IsMixedCase(ReadOnlySpan<char> token) =>
        token.Length >= ShortestMixedCase && token[1..].ContainsAnyInRange('A', 'Z') && token.ContainsAnyInRange('a', 'z');
}
