using System.Globalization;
using Bridge.Audit;
using Bridge.Host.Terminal;

namespace Bridge.Host.Output;

/// <summary>Calls of the audit, one line each.</summary>
/// <param name="environment">The process.</param>
/// <param name="json">Whether lines are for programs.</param>
internal sealed class AuditText(CommandEnvironment environment, bool json)
{
    private readonly Paint _paint = new(environment.OutputHasColor);

    public void Write(AuditRecord entry) => environment.Output.WriteLine(json ? entry.ToJson() : Line(entry));

    /// <summary>Says on standard error what could not be read.</summary>
    public void WriteDamage(AuditReader reader)
    {
        int lines = reader.UnreadableLines;
        if (lines == 0)
        {
            return;
        }

        IEnumerable<string> places = reader.Damage.Take(5).Select(place => string.Create(CultureInfo.InvariantCulture, $"'{place.Segment}' line {place.Line}"));
        environment.Error.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{lines} {(lines == 1 ? "line" : "lines")} could not be read and {(lines == 1 ? "was" : "were")} left out, first in {string.Join(", ", places)}: a process died while it wrote, or somebody changed the file."));
    }

    private string Line(AuditRecord entry)
    {
        string time = entry.Time.UtcDateTime.ToString("yyyy-MM-dd HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture);
        string outcome = entry.Status ?? AuditFilter.Unfinished;
        string reason = entry.Reason is null || entry.Reason == entry.Status ? "" : $"  {entry.Reason}";
        string flaw = entry.Flaw is null ? "" : $"  {entry.Flaw}";
        string duration = entry.DurationMs is { } took ? string.Create(CultureInfo.InvariantCulture, $"  {took:0.#} ms") : "";
        string caller = entry.Caller is null ? "" : $"  by {PlainText.Line(entry.Caller)}";
        return $"{time}  {Painted(outcome)}  {PlainText.Line(entry.Tool)}  {PlainText.Line(entry.Identity)}  {entry.Origin}{caller}{duration}{reason}{flaw}";
    }

    private string Painted(string outcome) => outcome switch
    {
        "succeeded" => _paint.Green(outcome),
        "failed" or "tool_error" or AuditFilter.Unfinished => _paint.Red(outcome),
        _ => _paint.Yellow(outcome),
    };
}
