using System.Text.RegularExpressions;

namespace Bridge.Reading;

/// <summary>Finds candidates of one kind that the user lists: <c>a, b and c</c>.</summary>
internal static partial class CandidateRuns
{
    /// <summary>Finds the runs of a kind.</summary>
    /// <param name="reading">The text.</param>
    /// <param name="kind">The kind.</param>
    /// <param name="ranges">Whether <c>1 to 3</c> is a run too.</param>
    /// <returns>The runs in text order; a candidate that stands alone is a run of one.</returns>
    public static List<List<Candidate>> Find(RequestReading reading, CandidateKind kind, bool ranges = false)
    {
        var runs = new List<List<Candidate>>();
        foreach (Candidate candidate in reading.Candidates.Where(candidate => candidate.Kind == kind).OrderBy(candidate => candidate.Start).ThenByDescending(candidate => candidate.End))
        {
            Candidate? last = runs.Count > 0 ? runs[^1][^1] : null;
            if (last is not null && candidate.Start < last.End)
            {
                continue; // another reading of the same words
            }

            if (last is not null && Joins(reading.Text.Text, last, candidate, ranges))
            {
                runs[^1].Add(candidate);
            }
            else
            {
                runs.Add([candidate]);
            }
        }

        return runs;
    }

    private static bool Joins(string text, Candidate last, Candidate next, bool ranges)
    {
        ReadOnlySpan<char> between = text.AsSpan(last.End..next.Start);
        int unit = last.Unit.Length > 0 ? between.IndexOf(last.Unit, StringComparison.Ordinal) : -1;
        between = unit >= 0 ? between[(unit + last.Unit.Length)..] : between;
        return between.Length < 30 && (Joint().IsMatch(between) || (ranges && Range().IsMatch(between)));
    }

    [GeneratedRegex(@"^\s*(?:to|until|till|and|-|–)\s*(?:[a-z]\s?=\s?)?$", RegexOptions.IgnoreCase)]
    private static partial Regex Range();

    [GeneratedRegex(@"^\s*(?:,|;|&|\+|,?\s*\b(?:and|or|as well as|and also|e|y|et|und)\b)\s*(?:and\s+|or\s+)?(?:also\s+)?(?:for\s+|in\s+|the\s+|a\s+|an\s+)*$", RegexOptions.IgnoreCase)]
    private static partial Regex Joint();
}
