using System.Text.RegularExpressions;

namespace Bridge.Reading;

/// <summary>Finds formulas such as <c>3x^2 + 2x - 1</c>.</summary>
internal sealed partial class FormulaScanner : ICandidateScanner
{
    /// <inheritdoc/>
    public void Scan(RequestText text, CandidateList found)
    {
        foreach (Match match in Formula().Matches(text.Text))
        {
            string value = match.Value.Trim();
            if (value.AsSpan().IndexOfAny("+-*/^") > 0 && value.Any(char.IsAsciiLetter))
            {
                found.Add(new Candidate(CandidateKind.Formula, match.Index, match.Index + value.Length, value) { Lead = Leads.Of(text, match.Index) });
            }
        }
    }

    [GeneratedRegex(@"(?<![\w.$/-])(?:[-(]*(?:\d+(?:\.\d+)?[a-z]?(?![a-z])|[a-z](?![a-z])|(?:sin|cos|tan|log|ln|exp|sqrt)\([^()\n]{1,40}\))\)*)(?:(?:\s?[-+*/]\s?|\^|\*\*)(?:[-(]*(?:\d+(?:\.\d+)?[a-z]?(?![a-z])|[a-z](?![a-z])|(?:sin|cos|tan|log|ln|exp|sqrt)\([^()\n]{1,40}\))\)*)){1,20}")]
    private static partial Regex Formula();
}
