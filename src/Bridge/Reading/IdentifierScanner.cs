using System.Text.RegularExpressions;

namespace Bridge.Reading;

/// <summary>Finds words of letters and digits, dotted quads and the like: codes, ids, keys.</summary>
internal sealed partial class IdentifierScanner : ICandidateScanner
{
    /// <inheritdoc/>
    public void Scan(RequestText text, CandidateList found)
    {
        foreach (ValueMatch match in Identifier().EnumerateMatches(text.Text))
        {
            if (!found.IsTaken(match.Index, match.Index + match.Length) && !UnitOfNumber().IsMatch(text.Text.AsSpan(match.Index, match.Length)))
            {
                string value = text.Text.Substring(match.Index, match.Length);
                found.Add(new Candidate(CandidateKind.Identifier, match.Index, match.Index + match.Length, value) { Lead = Leads.Of(text, match.Index) });
            }
        }
    }

    [GeneratedRegex(@"(?<![\w.-])(?:\d{1,3}(?:\.\d{1,3}){3}|#?(?=[\w-]*\d)(?=[\w-]*[A-Za-z_])[A-Za-z0-9][\w]*(?:[-_][\w]+)*|[A-Za-z0-9]+(?:_[A-Za-z0-9]+)+|\d+/[A-Z]+\d+)(?![\w])")]
    private static partial Regex Identifier();

    // "10cm", "3pm", "2nd", "5k" and "six-month" are quantities.
    [GeneratedRegex(@"^\d+(?:\.\d+)?(?:-?[A-Za-z]{1,3}|-[a-z]+|th|st|nd|rd|kwh|mph|bpm)$", RegexOptions.IgnoreCase)]
    private static partial Regex UnitOfNumber();
}
