using System.Globalization;
using System.Text.RegularExpressions;

namespace Bridge.Embedded;

/// <summary>Reads the date format that a description names, such as <c>MM-DD-YYYY</c>.</summary>
internal static partial class DateFormats
{
    /// <summary>Finds a format.</summary>
    /// <param name="description">The description.</param>
    /// <returns>The format in .NET's letters; <see langword="null"/> when none is named.</returns>
    public static string? Find(string description)
    {
        Match match = Named().Match(description);
        if (!match.Success)
        {
            return Example().IsMatch(description) ? "yyyy-MM-dd" : null;
        }

        string format = match.Value;
        bool timeOnly = !format.Contains('Y', StringComparison.OrdinalIgnoreCase);
        return timeOnly
            ? format.Replace('h', 'H').Replace("MM", "mm", StringComparison.Ordinal).Replace('S', 's')
            : format.Replace('Y', 'y').Replace('D', 'd').Replace("mm", "MM", StringComparison.Ordinal);
    }

    /// <summary>Writes a date in a format of its parts.</summary>
    /// <param name="date">The date.</param>
    /// <param name="format">The format.</param>
    public static string Write(DateOnly date, string format) => date.ToString(format, CultureInfo.InvariantCulture);

    [GeneratedRegex(@"\b(?:[Yy]{4}[-/.][Mm]{2}[-/.][Dd]{2}|[Mm]{2}[-/.][Dd]{2}[-/.][Yy]{4}|[Dd]{2}[-/.][Mm]{2}[-/.][Yy]{4}|[Yy]{4}[-/][Mm]{2}|[Hh]{2}:[Mm]{2}(?::[Ss]{2})?)\b")]
    private static partial Regex Named();

    [GeneratedRegex(@"\b(?:19|20)\d{2}-\d{2}-\d{2}\b")]
    private static partial Regex Example();
}
