using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json.Nodes;
using Bridge.Audit;
using Bridge.Host.Terminal;

namespace Bridge.Host.Output;

/// <summary>Calls of the audit summed up: a table, or a line of JSON for each sum.</summary>
/// <param name="environment">The process.</param>
/// <param name="json">Whether lines are for programs.</param>
internal sealed class AuditSums(CommandEnvironment environment, bool json)
{
    /// <summary>Writes the sums; nothing where there are none.</summary>
    /// <param name="by">What calls of a sum have in common.</param>
    /// <param name="sums">The sums.</param>
    public void Write(string by, ImmutableArray<CallStatistics> sums)
    {
        if (json)
        {
            foreach (CallStatistics sum in sums)
            {
                environment.Output.WriteLine(Json(by, sum).ToJsonString());
            }

            return;
        }

        int width = sums.Select(sum => PlainText.Line(sum.Name).Length).Append(by.Length).Max();
        for (int i = 0; i < sums.Length; i++)
        {
            if (i == 0)
            {
                Line($"{by.PadRight(width)}  {"calls",7} {"succeeded",10} {"tool error",10} {"failed",7} {"refused",7} {"unfinished",10} {"median",11} {"95 of 100",11}  last");
            }

            CallStatistics sum = sums[i];
            string share = string.Create(CultureInfo.InvariantCulture, $"{100.0 * sum.Succeeded / sum.Calls:0.0} %");
            Line($"{PlainText.Line(sum.Name).PadRight(width)}  {sum.Calls,7} {share,10} {sum.ToolErrors,10} {sum.Failed,7} {sum.Refused,7} {sum.Unfinished,10} {Time(sum.MedianMs),11} {Time(sum.P95Ms),11}  {sum.Last.UtcDateTime:yyyy-MM-dd HH:mm:ss'Z'}");
        }
    }

    private static JsonObject Json(string by, CallStatistics sum) => new()
    {
        [by] = sum.Name,
        ["calls"] = sum.Calls,
        ["succeeded"] = sum.Succeeded,
        ["tool_errors"] = sum.ToolErrors,
        ["failed"] = sum.Failed,
        ["refused"] = sum.Refused,
        ["unfinished"] = sum.Unfinished,
        ["median_ms"] = Rounded(sum.MedianMs),
        ["p95_ms"] = Rounded(sum.P95Ms),
        ["last"] = sum.Last.UtcDateTime,
    };

    private static double? Rounded(double? milliseconds) => milliseconds is { } time ? Math.Round(time, 3) : null;

    private static string Time(double? milliseconds) =>
        milliseconds is { } time ? string.Create(CultureInfo.InvariantCulture, $"{time:#,0.0} ms") : "";

    private void Line(FormattableString line) => environment.Output.WriteLine(FormattableString.Invariant(line));
}
