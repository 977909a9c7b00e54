using System.Collections.Immutable;
using System.Text.RegularExpressions;

namespace Bridge.Reading;

/// <summary>Finds lists in brackets, such as <c>[1, 2, 3]</c> and the point <c>(3, 4)</c>.</summary>
internal sealed partial class BracketScanner : ICandidateScanner
{
    /// <inheritdoc/>
    public void Scan(RequestText text, CandidateList found)
    {
        foreach (ValueMatch match in List().EnumerateMatches(text.Text))
        {
            int start = match.Index;
            int end = start + match.Length;
            if (found.All.Any(candidate => candidate.Kind == CandidateKind.Block && candidate.Overlaps(start, end)))
            {
                continue;
            }

            string inner = text.Text[(start + 1)..(end - 1)];
            ImmutableArray<string> items = [.. inner.Split(',').Select(item => item.Trim(' ', '\'', '"', '“', '”')).Where(item => item.Length > 0)];
            found.Add(new Candidate(CandidateKind.Bracketed, start, end, inner) { Items = items });
        }
    }

    [GeneratedRegex(@"\[[^\[\]\n]{1,2000}\]|\((?:\s*-?[\d.]+\s*,)+\s*-?[\d.]+\s*\)")]
    private static partial Regex List();
}
