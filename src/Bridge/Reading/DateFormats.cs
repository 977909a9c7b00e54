using System.Text.RegularExpressions;

namespace Bridge.Reading;

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

        string date = match.Groups["date"].Value.Replace('Y', 'y').Replace('D', 'd').Replace('m', 'M');
        string time = match.Groups["time"].Value.Replace('h', 'H').Replace('M', 'm').Replace('S', 's').Replace("T", "'T'", StringComparison.Ordinal);
        return date + time;
    }

    [GeneratedRegex(@"\b(?:(?<date>[Yy]{4}[-/.][Mm]{2}[-/.][Dd]{2}|[Mm]{2}[-/.][Dd]{2}[-/.][Yy]{4}|[Dd]{2}[-/.][Mm]{2}[-/.][Yy]{4}|[Yy]{4}[-/][Mm]{2})(?<time>[ T][Hh]{2}:[Mm]{2}(?::[Ss]{2})?)?|(?<time>[Hh]{2}:[Mm]{2}(?::[Ss]{2})?))\b")]
    private static partial Regex Named();

    [GeneratedRegex(@"\b(?:19|20)\d{2}-\d{2}-\d{2}\b")]
    private static partial Regex Example();
}
