namespace Bridge.Reading;

/// <summary>Finds every run of up to seven words of one sentence that may be a value.</summary>
internal static class WordSpans
{
    private const int MaxWords = 7;
    private const int MaxSpans = 300;

    /// <summary>Finds the runs.</summary>
    /// <param name="text">The text.</param>
    /// <returns>The runs, in order; no more than 300.</returns>
    public static IReadOnlyList<TextPart> Of(RequestText text)
    {
        var spans = new List<TextPart>();
        for (int first = 0; first < text.Words.Length; first++)
        {
            if (!CanBound(text, first))
            {
                continue;
            }

            for (int last = first; last < Math.Min(first + MaxWords, text.Words.Length); last++)
            {
                if (spans.Count == MaxSpans || (last > first && text.EndsSentence(text.Words[last - 1].End, text.Words[last].Start)))
                {
                    break;
                }

                if (CanBound(text, last))
                {
                    spans.Add(new TextPart(text.Words[first].Start, text.Words[last].End));
                }
            }
        }

        return spans;
    }

    /// <summary>Whether a value may begin or end with a word: not with a little one, unless it is written as a name.</summary>
    /// <param name="text">The text.</param>
    /// <param name="place">The word's place.</param>
    public static bool CanBound(RequestText text, int place) =>
        text.Words[place].IsContent || char.IsUpper(text.Text[text.Words[place].Start]);
}
