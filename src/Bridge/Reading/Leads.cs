namespace Bridge.Reading;

/// <summary>The little word in front of a part of the text: <c>in</c> of <c>in the Alps</c>.</summary>
internal static class Leads
{
    private static readonly HashSet<string> s_articles = ["the", "a", "an", "this", "that", "my", "our", "your", "is", "are", "be"];

    /// <summary>Finds the little word.</summary>
    /// <param name="text">The text.</param>
    /// <param name="start">Where the part begins.</param>
    /// <returns>Its stem, articles passed over; empty when a mark or another word stands there.</returns>
    public static string Of(RequestText text, int start)
    {
        for (int i = text.WordFrom(start) - 1; i >= 0; i--)
        {
            Word word = text.Words[i];
            if (word.IsContent || !IsBlank(text.Text.AsSpan(word.End, start - word.End)))
            {
                return "";
            }

            if (!s_articles.Contains(word.Stem))
            {
                return word.Stem;
            }

            start = word.Start;
        }

        return "";
    }

    private static bool IsBlank(ReadOnlySpan<char> between) => between.Trim(" '\"‘“«`").IsEmpty;
}
