using System.Globalization;
using System.Text.RegularExpressions;

namespace Bridge.Reading;

/// <summary>Finds times of day: <c>6:30 PM</c>, <c>14:00</c>, <c>9 am</c>, <c>noon</c>.</summary>
internal sealed partial class TimeScanner : ICandidateScanner
{
    /// <inheritdoc/>
    public void Scan(RequestText text, CandidateList found)
    {
        foreach (Match match in Time().Matches(text.Text))
        {
            if (!found.IsTaken(match.Index, match.Index + match.Length) && Read(match) is { } time)
            {
                found.Add(new Candidate(CandidateKind.Time, match.Index, match.Index + match.Length, match.Value)
                {
                    Time = time,
                    Lead = Leads.Of(text, match.Index),
                });
            }
        }
    }

    private static TimeOnly? Read(Match match)
    {
        if (!match.Groups["h"].Success)
        {
            return match.Value.Equals("midnight", StringComparison.OrdinalIgnoreCase) ? TimeOnly.MinValue : new TimeOnly(12, 0);
        }

        int hour = Number(match.Groups["h"]);
        int minute = Number(match.Groups["m"]);
        int second = Number(match.Groups["s"]);
        if (match.Groups["p"].Success && hour is >= 1 and <= 12)
        {
            bool afternoon = match.Groups["p"].Value[0] is 'p' or 'P';
            hour = (hour % 12) + (afternoon ? 12 : 0);
        }

        return hour < 24 && minute < 60 && second < 60 ? new TimeOnly(hour, minute, second) : null;
    }

    private static int Number(Group group) => group.Success ? int.Parse(group.ValueSpan, CultureInfo.InvariantCulture) : 0;

    [GeneratedRegex(@"(?<![\w:.])(?:(?<h>\d{1,2}):(?<m>\d{2})(?::(?<s>\d{2}))?(?:\s?(?<p>[ap])\.?m\b\.?)?|(?<h>\d{1,2})\s?(?<p>[ap])\.?m\b)(?!:)|\b(?:noon|midnight)\b", RegexOptions.IgnoreCase)]
    private static partial Regex Time();
}
