using System.Text.RegularExpressions;

namespace Bridge.Reading;

/// <summary>Finds e-mail addresses, web addresses and paths.</summary>
internal sealed partial class AddressScanner : ICandidateScanner
{
    /// <inheritdoc/>
    public void Scan(RequestText text, CandidateList found)
    {
        Add(text, found, Email(), CandidateKind.Email);
        Add(text, found, Url(), CandidateKind.Url);
        Add(text, found, Path(), CandidateKind.Path);
    }

    private static void Add(RequestText text, CandidateList found, Regex regex, CandidateKind kind)
    {
        foreach (ValueMatch match in regex.EnumerateMatches(text.Text))
        {
            string value = text.Text.Substring(match.Index, match.Length).TrimEnd('.', ',', ';', ':', '!', '?', ')');
            int end = match.Index + value.Length;
            if (!Covers(found, match.Index, end))
            {
                found.Add(new Candidate(kind, match.Index, end, value) { Lead = Leads.Of(text, match.Index) });
            }
        }
    }

    // An address inside quotation marks is both; inside another address it is none.
    private static bool Covers(CandidateList found, int start, int end) => found.All.Any(candidate =>
        candidate.Kind is CandidateKind.Url or CandidateKind.Email or CandidateKind.Path or CandidateKind.Block && candidate.Overlaps(start, end));

    [GeneratedRegex("""\b(?:https?|ftp|wss?)://[^\s"'<>`]+|\bwww\.[^\s"'<>`]+|\b[a-z0-9](?:[a-z0-9-]{0,60}\.)+(?:com|org|net|io|dev|gov|edu|info|app|ai|de|uk|br|fr|eu)\b(?:/[^\s"'<>`]*)?(?!@)""", RegexOptions.IgnoreCase)]
    private static partial Regex Url();

    [GeneratedRegex(@"[A-Za-z0-9._%+-]+@[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)*\.[A-Za-z]{2,24}")]
    private static partial Regex Email();

    [GeneratedRegex("""(?<![\w/:.\\])(?:[A-Za-z]:[\\/][^\s"'<>|]+|~?\.{0,2}/[\w.@%+~-]+(?:/[\w.@%+~-]*)*|(?:[\w@+-]+/)+[\w@+-]+\.\w{1,8}|[\w-]+(?:\.[\w-]+)*\.(?:txt|csv|json|xml|ya?ml|pdf|docx?|xlsx?|pptx?|png|jpe?g|gif|svg|mp[34]|wav|zip|gz|tar|html?|css|js|ts|cs|py|java|md|log|sql|db|nii|exe|sh|ini|conf|toml))(?!\w)""", RegexOptions.IgnoreCase)]
    private static partial Regex Path();
}
