using System.Text.RegularExpressions;

namespace Bridge.Reading;

/// <summary>Cuts a text where one request may end and the next begin.</summary>
internal static partial class CallSegments
{
    private const int MaxSegments = 16;
    private const int MinLength = 8;

    /// <summary>Cuts a text.</summary>
    /// <param name="reading">The text; nothing is cut inside quotation marks, dates or addresses.</param>
    /// <returns>The parts in order; one when there is nothing to cut, or too much.</returns>
    public static List<TextPart> Of(RequestReading reading)
    {
        string text = reading.Text.Text;
        var parts = new List<TextPart>();
        int start = 0;
        foreach (ValueMatch match in Boundary().EnumerateMatches(text))
        {
            if (match.Index - start >= MinLength && !IsInside(reading, match.Index))
            {
                parts.Add(new TextPart(start, match.Index));
                start = match.Index + match.Length;
            }
        }

        parts.Add(new TextPart(start, text.Length));
        parts.RemoveAll(part => part.End - part.Start < MinLength);
        return parts.Count is > 1 and <= MaxSegments ? parts : [new TextPart(0, text.Length)];
    }

    /// <summary>Gives parts that ask for something the parts behind them that ask for nothing.</summary>
    /// <param name="all">All parts, in order.</param>
    /// <param name="asking">Those that ask for something, in order.</param>
    /// <returns>The asking parts, each up to where the next begins.</returns>
    public static List<TextPart> Widen(List<TextPart> all, IReadOnlyList<TextPart> asking)
    {
        var wide = new List<TextPart>(asking.Count);
        for (int i = 0; i < asking.Count; i++)
        {
            int next = i + 1 < asking.Count ? asking[i + 1].Start : int.MaxValue;
            wide.Add(new TextPart(asking[i].Start, all.FindLast(part => part.Start < next).End));
        }

        return wide;
    }

    private static bool IsInside(RequestReading reading, int position)
    {
        foreach (Candidate candidate in reading.Candidates)
        {
            bool whole = candidate.Kind is not (CandidateKind.Phrase or CandidateKind.Number);
            if (whole && candidate.Start < position && position < candidate.End)
            {
                return true;
            }
        }

        return false;
    }

    [GeneratedRegex(@"(?<=\))\s*(?:,|and|,\s*and)\s*(?=\()|,?\s+(?:while|whereas|followed\s+by)\s+|(?<!\b(?:Mr|Mrs|Ms|Dr|St|Prof|vs|e\.g|i\.e|etc|Inc|Ltd|Corp|Co))[.?!;](?:\s+|$)|\n+|,?\s+(?:and\s+)?(?:then|also|additionally|finally|lastly|after\s+that|afterwards|plus)\b,?\s+|,?\s+(?:and|,)\s+(?=(?:also\s+)?(?:what|who|when|where|how|find|get|calculate|compute|search|book|play|order|list|tell|show|give|fetch|retrieve|create|make|generate|add|subtract|multiply|divide|delete|remove|update|set|send|convert|check|determine|estimate|predict|provide|locate|compare|translate|buy|reserve|schedule|open|close|start|stop|run|write|read|analyze|the\s+(?:second|third|fourth|other|last))\b)|,\s+(?=(?:what|find|get|calculate|compute|search|book|play|order|show|give|fetch|retrieve|create|generate|convert|check|determine|estimate|predict|the\s+(?:second|third))\b)", RegexOptions.IgnoreCase)]
    private static partial Regex Boundary();
}
