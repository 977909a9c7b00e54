using System.Globalization;
using System.Text.RegularExpressions;

namespace Bridge.Reading;

/// <summary>Finds dates as people write them, and days named by today.</summary>
/// <param name="clock">Says what day it is.</param>
internal sealed partial class DateScanner(TimeProvider clock) : ICandidateScanner
{
    private static readonly string[] s_months = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];
    private static readonly string[] s_days = ["sun", "mon", "tue", "wed", "thu", "fri", "sat"];

    /// <inheritdoc/>
    public void Scan(RequestText text, CandidateList found)
    {
        Add(text, found, Numeric(), ReadNumeric);
        int? year = YearOf(text.Text);
        Add(text, found, Written(), match => ReadWritten(match, year));
        Add(text, found, Relative(), ReadRelative);
    }

    private static void Add(RequestText text, CandidateList found, Regex regex, Func<Match, DateOnly?> read)
    {
        foreach (Match match in regex.Matches(text.Text))
        {
            if (!found.IsTaken(match.Index, match.Index + match.Length))
            {
                found.Add(new Candidate(CandidateKind.Date, match.Index, match.Index + match.Length, match.Value)
                {
                    Date = read(match),
                    Lead = Leads.Of(text, match.Index),
                });
            }
        }
    }

    private static DateOnly? ReadNumeric(Match match)
    {
        int first = Number(match, "a");
        int second = Number(match, "b");
        int third = Number(match, "c");
        return match.Groups["a"].Length == 4 ? Make(first, second, third)
            : first > 12 ? Make(third, second, first)
            : Make(third, first, second);
    }

    private DateOnly? ReadWritten(Match match, int? yearNearby)
    {
        int month = Array.FindIndex(s_months, name => match.Groups["m"].Value.StartsWith(name, StringComparison.OrdinalIgnoreCase)) + 1;
        int day = match.Groups["d"].Success ? Number(match, "d") : 1;
        if (match.Groups["y"].Success)
        {
            return Make(Number(match, "y"), month, day);
        }

        if (yearNearby is { } year)
        {
            return Make(year, month, day);
        }

        DateOnly today = Today();
        return Make(today.Year, month, day) is { } date ? (date < today ? date.AddYears(1) : date) : null;
    }

    private DateOnly? ReadRelative(Match match)
    {
        DateOnly today = Today();
        string words = match.Value.ToLowerInvariant();
        if (words.Contains("tomorrow", StringComparison.Ordinal))
        {
            return today.AddDays(words.StartsWith("the day", StringComparison.Ordinal) ? 2 : 1);
        }

        if (words == "today" || words == "tonight")
        {
            return today;
        }

        if (words == "yesterday")
        {
            return today.AddDays(-1);
        }

        int day = Array.FindIndex(s_days, name => match.Groups["w"].Value.StartsWith(name, StringComparison.OrdinalIgnoreCase));
        int ahead = (day - (int)today.DayOfWeek + 7) % 7;
        return match.Groups["w"].Success ? today.AddDays(ahead == 0 ? 7 : ahead) : null;
    }

    // "from May 5th to May 11th, 2023", "this year is 2023": the one year that is named holds for all days.
    private static int? YearOf(string text)
    {
        int? year = null;
        foreach (ValueMatch match in Year().EnumerateMatches(text))
        {
            int named = int.Parse(text.AsSpan(match.Index, match.Length), CultureInfo.InvariantCulture);
            if (year is not null && year != named)
            {
                return null;
            }

            year = named;
        }

        return year;
    }

    [GeneratedRegex(@"(?<![\w.$€£-])20[0-4]\d(?![\w.,]\d|\w)")]
    private static partial Regex Year();

    private DateOnly Today() => DateOnly.FromDateTime(clock.GetLocalNow().DateTime);

    private static int Number(Match match, string group) => int.Parse(match.Groups[group].ValueSpan, CultureInfo.InvariantCulture);

    private static DateOnly? Make(int year, int month, int day)
    {
        int full = year < 100 ? year + 2000 : year;
        bool valid = full is > 0 and < 10_000 && month is >= 1 and <= 12 && day >= 1 && day <= DateTime.DaysInMonth(full, month);
        return valid ? new DateOnly(full, month, day) : null;
    }

    [GeneratedRegex(@"(?<![\w/.-])(?<a>\d{4})[-/.](?<b>\d{1,2})[-/.](?<c>\d{1,2})(?:T\d{2}:\d{2}(?::\d{2}(?:\.\d+)?)?(?:Z|[+-]\d{2}:\d{2})?)?(?![\w/-])|(?<![\w/.-])(?<a>\d{1,2})(?<s>[-/.])(?<b>\d{1,2})\k<s>(?<c>\d{4}|\d{2})(?![\w/-])")]
    private static partial Regex Numeric();

    [GeneratedRegex(@"\b(?:(?<y>(?:19|20)\d{2}),?\s+(?:(?<m>jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)\b\.?\s+(?:the\s+)?(?<d>\d{1,2})(?:st|nd|rd|th)?|(?<d>\d{1,2})(?:st|nd|rd|th)?\s+(?:of\s+)?(?<m>jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?))\b|(?<d>\d{1,2})(?:st|nd|rd|th)?\s+(?:of\s+)?(?<m>jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)\b\.?(?:,?\s+(?:of\s+)?(?<y>\d{4}))?|(?<m>jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)\b\.?\s+(?:the\s+)?(?<d>\d{1,2})(?:st|nd|rd|th)?\b(?!:)(?:,?\s+(?<y>\d{4})\b)?|(?<m>january|february|march|april|may|june|july|august|september|october|november|december),?\s+(?:of\s+)?(?<y>\d{4}))\b", RegexOptions.IgnoreCase)]
    private static partial Regex Written();

    [GeneratedRegex(@"\b(?:the\s+day\s+after\s+tomorrow|today|tonight|tomorrow|yesterday|(?:(?:this|next|coming|upcoming|last)\s+)?(?<w>sunday|monday|tuesday|wednesday|thursday|friday|saturday)|(?:this|next|last)\s+(?:weekend|week|month|year))\b", RegexOptions.IgnoreCase)]
    private static partial Regex Relative();
}
