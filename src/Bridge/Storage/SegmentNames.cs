using System.Globalization;

namespace Bridge.Storage;

/// <summary>The names of the segments of one kind: <c>KIND-YYYYMMDD-N.jsonl</c>.</summary>
/// <param name="kind">The kind, such as <c>audit</c>; the folder of the segments has the name too.</param>
internal sealed class SegmentNames(string kind)
{
    private const string Ending = ".jsonl";
    private const string DayFormat = "yyyyMMdd";

    private string Prefix { get; } = kind + "-";

    /// <summary>The kind.</summary>
    public string Kind { get; } = kind;

    /// <summary>The name of a segment.</summary>
    /// <param name="day">The day, in UTC.</param>
    /// <param name="number">Its number, from 1.</param>
    /// <returns>The file name.</returns>
    public string Name(DateOnly day, int number) => $"{Beginning(day)}{number.ToString(CultureInfo.InvariantCulture)}{Ending}";

    /// <summary>Whether a segment is of a day.</summary>
    /// <param name="name">The file name.</param>
    /// <param name="day">The day.</param>
    /// <returns>Whether it is.</returns>
    public bool IsOf(string name, DateOnly day) => Parse(name)?.Day == day;

    /// <summary>The highest number of a day.</summary>
    /// <param name="folder">The folder of the segments.</param>
    /// <param name="day">The day.</param>
    /// <returns>The number; 0 when there is none.</returns>
    public int Highest(string folder, DateOnly day) =>
        Directory.EnumerateFiles(folder, $"{Beginning(day)}*{Ending}")
            .Select(path => Parse(Path.GetFileName(path))?.Number ?? 0)
            .DefaultIfEmpty()
            .Max();

    /// <summary>The segments of a folder, oldest first.</summary>
    /// <param name="folder">The folder.</param>
    /// <param name="from">The first day.</param>
    /// <returns>Their paths.</returns>
    public IEnumerable<string> InOrder(string folder, DateOnly from) =>
        Directory.EnumerateFiles(folder, $"{Prefix}*{Ending}")
            .Select(path => (Path: path, Key: Parse(Path.GetFileName(path))))
            .Where(segment => segment.Key?.Day >= from)
            .OrderBy(segment => segment.Key!.Value.Day)
            .ThenBy(segment => segment.Key!.Value.Number)
            .Select(segment => segment.Path);

    private string Beginning(DateOnly day) => $"{Prefix}{day.ToString(DayFormat, CultureInfo.InvariantCulture)}-";

    private (DateOnly Day, int Number)? Parse(string name)
    {
        if (!name.StartsWith(Prefix, StringComparison.Ordinal) || !name.EndsWith(Ending, StringComparison.Ordinal))
        {
            return null;
        }

        string[] parts = name[Prefix.Length..^Ending.Length].Split('-');
        return parts.Length == 2
            && DateOnly.TryParseExact(parts[0], DayFormat, CultureInfo.InvariantCulture, DateTimeStyles.None, out DateOnly day)
            && int.TryParse(parts[1], NumberStyles.None, CultureInfo.InvariantCulture, out int number)
                ? (day, number)
                : null;
    }
}
