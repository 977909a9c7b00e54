namespace Bridge.Reading;

/// <summary>A town that a text names.</summary>
/// <param name="Place">The town.</param>
/// <param name="Start">Where it begins.</param>
/// <param name="End">Where it ends, its region or country included.</param>
/// <param name="IsPlainName">Whether the text says its full name, and nothing else of it.</param>
internal sealed record SaidTown(Place Place, int Start, int End, bool IsPlainName)
{
    private const int MaxWords = 4;

    /// <summary>Finds the towns of a text.</summary>
    /// <param name="text">The text.</param>
    public static IReadOnlyList<SaidTown> Of(RequestText text)
    {
        var towns = new List<SaidTown>();
        for (int first = 0; first < text.Words.Length; first++)
        {
            for (int last = Math.Min(first + MaxWords, text.Words.Length) - 1; last >= first; last--)
            {
                int start = text.Words[first].Start;
                int end = text.Words[last].End;
                string name = text.Text[start..end];
                if (Places.Find(name) is { } place && (name.Length > 3 || char.IsUpper(name[^1]) || name.Equals("nyc", StringComparison.OrdinalIgnoreCase)))
                {
                    int region = EndOfRegion(text, end, place);
                    bool plain = region == 0 && name.Equals(place.Name, StringComparison.OrdinalIgnoreCase);
                    towns.Add(new SaidTown(place, start, region > 0 ? region : end, plain));
                    first = last;
                    break;
                }
            }
        }

        return towns;
    }

    // "Boston, Massachusetts": the region is said already, in another form.
    private static int EndOfRegion(RequestText text, int end, Place place)
    {
        int next = text.WordFrom(end);
        for (int words = 2; words >= 1; words--)
        {
            if (next + words <= text.Words.Length && text.Words[next].Start - end <= 2)
            {
                int stop = text.Words[next + words - 1].End;
                string said = text.Text[text.Words[next].Start..stop];
                if (said == place.Region || Places.StateCode(said) == place.Region || said.Equals(place.Country, StringComparison.OrdinalIgnoreCase))
                {
                    return stop;
                }
            }
        }

        return 0;
    }
}
