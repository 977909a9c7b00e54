namespace Bridge.Schemas.Formats;

/// <summary>Dates and times of RFC 3339, and durations of its appendix A.</summary>
internal static class DateFormats
{
    public static bool IsDate(ReadOnlySpan<char> text) =>
        text.Length == 10 && text[4] == '-' && text[7] == '-'
        && TryDigits(text[..4], out int year) && TryDigits(text[5..7], out int month) && TryDigits(text[8..], out int day)
        && month is >= 1 and <= 12 && day >= 1 && day <= (year == 0 ? DateTime.DaysInMonth(4, month) : DateTime.DaysInMonth(year, month));

    public static bool IsDateTime(ReadOnlySpan<char> text) =>
        text.Length > 11 && text[10] is 'T' or 't' && IsDate(text[..10]) && IsTime(text[11..]);

    public static bool IsTime(ReadOnlySpan<char> text)
    {
        if (text.Length < 9 || text[2] != ':' || text[5] != ':'
            || !TryDigits(text[..2], out int hour) || !TryDigits(text[3..5], out int minute) || !TryDigits(text[6..8], out int second)
            || hour > 23 || minute > 59 || second > 60)
        {
            return false;
        }

        ReadOnlySpan<char> rest = text[8..];
        if (rest[0] == '.')
        {
            int end = rest[1..].IndexOfAnyExceptInRange('0', '9');
            if (end <= 0)
            {
                return false;
            }

            rest = rest[(end + 1)..];
        }

        return TryOffset(rest, out int offset) && (second < 60 || IsLeapSecond((hour * 60) + minute - offset));
    }

    public static bool IsDuration(ReadOnlySpan<char> text)
    {
        if (text.Length < 3 || text[0] != 'P')
        {
            return false;
        }

        ReadOnlySpan<char> rest = text[1..];
        if (rest[^1] == 'W')
        {
            return TakeUnits(ref rest, "W") && rest.IsEmpty;
        }

        bool any = TakeUnits(ref rest, "YMD");
        if (rest.IsEmpty)
        {
            return any;
        }

        rest = rest[0] == 'T' ? rest[1..] : default;
        return TakeUnits(ref rest, "HMS") && rest.IsEmpty;
    }

    /// <summary>Takes units in their order, without a gap between them.</summary>
    private static bool TakeUnits(ref ReadOnlySpan<char> text, string units)
    {
        int last = -1;
        while (!text.IsEmpty && text[0] != 'T')
        {
            int digits = text.IndexOfAnyExceptInRange('0', '9');
            int unit = digits <= 0 ? -1 : units.IndexOf(text[digits], StringComparison.Ordinal);
            if (unit < 0 || unit <= last || (last >= 0 && unit != last + 1))
            {
                return false;
            }

            last = unit;
            text = text[(digits + 1)..];
        }

        return last >= 0;
    }

    private static bool TryOffset(ReadOnlySpan<char> text, out int minutes)
    {
        minutes = 0;
        if (text is ['Z' or 'z'])
        {
            return true;
        }

        if (text.Length != 6 || text[0] is not ('+' or '-') || text[3] != ':'
            || !TryDigits(text[1..3], out int hours) || !TryDigits(text[4..], out int rest) || hours > 23 || rest > 59)
        {
            return false;
        }

        minutes = ((hours * 60) + rest) * (text[0] == '-' ? -1 : 1);
        return true;
    }

    /// <summary>Leap seconds are inserted at the end of a day of UTC only.</summary>
    private static bool IsLeapSecond(int minuteOfUtc) => ((minuteOfUtc % 1440) + 1440) % 1440 == 1439;

    private static bool TryDigits(ReadOnlySpan<char> text, out int value)
    {
        value = 0;
        foreach (char digit in text)
        {
            if (!char.IsAsciiDigit(digit))
            {
                return false;
            }

            value = (value * 10) + (digit - '0');
        }

        return true;
    }
}
