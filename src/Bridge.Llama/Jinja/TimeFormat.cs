using System.Globalization;
using System.Text;

namespace Bridge.Llama.Jinja;

/// <summary>Times in the form of C's <c>strftime</c>, in English.</summary>
internal static class TimeFormat
{
    public static string Of(DateTimeOffset time, string format)
    {
        var text = new StringBuilder();
        for (int at = 0; at < format.Length; at++)
        {
            if (format[at] != '%' || at + 1 == format.Length)
            {
                text.Append(format[at]);
                continue;
            }

            bool bare = format[at + 1] == '-' && at + 2 < format.Length; // %-d: without the zero before it
            char field = format[bare ? at + 2 : at + 1];
            string? value = Field(time, field);
            text.Append(value is null ? format.AsSpan(at, bare ? 3 : 2) : bare ? Bare(value) : value);
            at += bare ? 2 : 1;
        }

        return text.ToString();
    }

    private static string Bare(string value) => value.TrimStart('0') is { Length: > 0 } rest ? rest : "0";

    private static string? Field(DateTimeOffset time, char field)
    {
        string? pattern = field switch
        {
            'Y' => "yyyy",
            'y' => "yy",
            'm' => "MM",
            'd' => "dd",
            'b' or 'h' => "MMM",
            'B' => "MMMM",
            'a' => "ddd",
            'A' => "dddd",
            'H' => "HH",
            'I' => "hh",
            'M' => "mm",
            'S' => "ss",
            'f' => "ffffff",
            'p' => "tt",
            'F' => "yyyy-MM-dd",
            'T' => "HH:mm:ss",
            'R' => "HH:mm",
            'D' => "MM/dd/yy",
            _ => null,
        };
        return pattern is not null ? time.ToString(pattern, CultureInfo.InvariantCulture) : field switch
        {
            '%' => "%",
            'j' => time.DayOfYear.ToString("000", CultureInfo.InvariantCulture),
            'e' => time.Day.ToString(CultureInfo.InvariantCulture).PadLeft(2),
            'u' => (time.DayOfWeek == DayOfWeek.Sunday ? 7 : (int)time.DayOfWeek).ToString(CultureInfo.InvariantCulture),
            'w' => ((int)time.DayOfWeek).ToString(CultureInfo.InvariantCulture),
            'z' => time.ToString("zzz", CultureInfo.InvariantCulture).Replace(":", "", StringComparison.Ordinal),
            'Z' => time.Offset == TimeSpan.Zero ? "UTC" : time.ToString("'UTC'zzz", CultureInfo.InvariantCulture),
            _ => null,
        };
    }
}
