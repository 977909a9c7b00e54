using System.Globalization;
using System.Text.RegularExpressions;
using Bridge.Shortlisting;

namespace Bridge.Reading;

/// <summary>Finds numbers in digits and words, with sign, percent, scale, currency and the unit behind them.</summary>
internal sealed partial class NumberScanner : ICandidateScanner
{
    /// <inheritdoc/>
    public void Scan(RequestText text, CandidateList found)
    {
        foreach (Match match in Digits().Matches(text.Text))
        {
            if (!found.IsTaken(match.Index, match.Index + match.Length) && Read(text, match) is { } number)
            {
                found.Add(number);
            }
        }

        for (int i = 0; i < text.Words.Length; i++)
        {
            int taken = NumberWords.Read(text, i, out decimal value);
            if (taken > 0)
            {
                AddWords(text, found, i, i + taken - 1, value);
                i += taken - 1;
            }
        }
    }

    private static void AddWords(RequestText text, CandidateList found, int first, int last, decimal value)
    {
        int start = text.Words[first].Start;
        int end = text.Words[last].End;
        if (!found.IsTaken(start, end))
        {
            (string unit, int unitEnd) = UnitBehind(text, end);
            found.Add(new Candidate(CandidateKind.Number, start, end, text.Text[start..end])
            {
                Number = value,
                Percent = unit is "percent" or "%",
                Unit = unitEnd > end ? unit : "",
                Weak = value == 1,
            });
        }
    }

    private static Candidate? Read(RequestText text, Match match)
    {
        string digits = match.Groups["n"].Value.Replace(",", "", StringComparison.Ordinal);
        if (!decimal.TryParse(digits, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out decimal value))
        {
            return null; // longer than a number anybody calculates with
        }

        int end = match.Index + match.Length;
        if (match.Groups["scale"].Success && NumberWords.Scale(match.Groups["scale"].ValueSpan) is { } factor)
        {
            value *= factor;
        }
        else if (match.Groups["scale"].Value is "M")
        {
            value *= 1_000_000;
        }

        string currency = match.Groups["currency"].Value;
        (string unit, int _) = UnitBehind(text, end);
        if (unit is "S" or "W" && !decimal.IsInteger(value))
        {
            value = -value; // southern and western coordinates
        }

        return new Candidate(CandidateKind.Number, match.Index, end, match.Value)
        {
            Number = match.Groups["sign"].Success ? -value : value,
            Percent = unit is "percent" or "%" or "per cent",
            Unit = currency.Length > 0 ? currency : unit,
            Weak = match.Groups["ordinal"].Success,
            Lead = Leads.Of(text, match.Index),
        };
    }

    private static (string Unit, int End) UnitBehind(RequestText text, int end)
    {
        Match unit = Unit().Match(text.Text, end, Math.Min(30, text.Text.Length - end));
        return unit.Success && unit.Index == end && !StopWords.Contains(unit.Groups[1].Value) ? (unit.Groups[1].Value, unit.Index + unit.Length) : ("", end);
    }

    [GeneratedRegex(@"(?<![\w.\\])(?<currency>[$€£¥])?\s?(?:(?<=^|[\s(\[,=:$€£¥])(?<sign>[-−]))?(?<currency>[$€£¥])?(?<n>\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?|\.\d+)(?!,?\d|\.\d|x\d)(?:(?<ordinal>st|nd|rd|th)\b|(?<scale>k|bn|(?<=[$€£¥][\d.,]+)[KM])\b|[\s-]?(?<scale>hundred|thousand|million|billion|trillion)\b)?(?![\p{L}]{4}|[_@\\])")]
    private static partial Regex Digits();

    [GeneratedRegex(@"\s?-?(%|°\s?[CFK]?\b|[\p{L}µ]+(?:[/^]+[\p{L}\d]+)*(?:\^\d)?)")]
    private static partial Regex Unit();
}
