using System.Text.RegularExpressions;

namespace Bridge.Reading;

/// <summary>Finds text in quotation marks; apostrophes inside words are none.</summary>
internal sealed partial class QuotedScanner : ICandidateScanner
{
    /// <inheritdoc/>
    public void Scan(RequestText text, CandidateList found)
    {
        foreach (Match match in Quotes().Matches(text.Text))
        {
            Group inner = match.Groups[1];
            if (!found.IsTaken(match.Index, match.Index + match.Length))
            {
                found.Add(new Candidate(CandidateKind.Quoted, match.Index, match.Index + match.Length, inner.Value.Trim()) { Lead = Leads.Of(text, match.Index) });
            }
        }
    }

    // The branch reset .NET lacks: the same group number in every alternative.
    [GeneratedRegex("""(?<!\w)"(?<1>[^"\n]{1,2000})"|“(?<1>[^”\n]{1,2000})”|«(?<1>[^»\n]{1,2000})»|`(?<1>[^`\n]{1,500})`|(?<![\w'’])'(?<1>(?:[^'\n]|'(?=\w)){1,500}?)'(?!\w)|‘(?<1>[^’\n]{1,500})’""")]
    private static partial Regex Quotes();
}
