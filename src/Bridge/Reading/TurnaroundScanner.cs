using System.Text.RegularExpressions;

namespace Bridge.Reading;

/// <summary>Turns two numbers around where the sentence names the second operand first: <c>subtract 2 from 5</c>, <c>divide 2 into 10</c>.</summary>
internal sealed partial class TurnaroundScanner : ICandidateScanner
{
    /// <inheritdoc/>
    public void Scan(RequestText text, CandidateList found)
    {
        foreach (ValueMatch match in Verb().EnumerateMatches(text.Text))
        {
            string little = text.Text[match.Index] is 'd' or 'D' && text.Text[match.Index + 1] is 'i' or 'I' ? "into" : "from";
            Candidate? first = Next(found, match.Index + match.Length);
            Candidate? second = first is null ? null : Next(found, first.End);
            if (first is not null && second is not null && IsBetween(text, first, second, little))
            {
                found.Replace(first, first with { Order = second.Order });
                found.Replace(second, second with { Order = first.Order });
            }
        }
    }

    private static bool IsBetween(RequestText text, Candidate first, Candidate second, string little)
    {
        ReadOnlySpan<char> between = text.Text.AsSpan(first.End..second.Start);
        return between.Length < 40 && between.Contains($" {little} ", StringComparison.OrdinalIgnoreCase) && !text.EndsSentence(first.End, second.Start);
    }

    private static Candidate? Next(CandidateList found, int position) =>
        found.All.Where(candidate => candidate.Kind == CandidateKind.Number && candidate.Start >= position).MinBy(candidate => candidate.Start);

    [GeneratedRegex(@"\b(?:subtract|deduct|take|remove|divide)\b", RegexOptions.IgnoreCase)]
    private static partial Regex Verb();
}
