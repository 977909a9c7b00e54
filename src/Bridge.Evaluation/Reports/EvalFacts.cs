using System.Globalization;
using Bridge.Evaluation.Summaries;

namespace Bridge.Evaluation.Reports;

/// <summary>What an evaluation says besides scores, one fact a line.</summary>
public static class EvalFacts
{
    /// <summary>Lists what is known.</summary>
    /// <param name="summary">The summary.</param>
    /// <returns>The facts; unknown ones are left out.</returns>
    public static IEnumerable<(string Name, string Value)> Of(EvalSummary summary)
    {
        ArgumentNullException.ThrowIfNull(summary);
        if (summary.ByToolChoice is > 0 and var choices)
        {
            yield return ("scored by choice of tools alone", Text($"{choices} of {summary.Answers.Length} answers"));
        }

        if (summary.NoCall is { Precision: { } precision } proposed)
        {
            yield return ("precision of \"no call\"", Text($"{100 * precision:0.0} % ({proposed.Right} of {proposed.Proposed})"));
        }

        if (summary.NoCall is { Recall: { } recall } actual)
        {
            yield return ("recall of \"no call\"", Text($"{100 * recall:0.0} % ({actual.Right} of {actual.Actual})"));
        }

        if (summary.Attempts.Mean is { } mean)
        {
            yield return ("attempts for an answer", Text($"{mean:0.00}"));
        }

        if (summary.Attempts.ValidAtFirstShare is { } share)
        {
            yield return ("calls valid at the first attempt", Text($"{100 * share:0.0} % ({summary.Attempts.ValidAtFirst} of {summary.Attempts.Proposals})"));
        }

        if (summary.Calibration is { } calibration)
        {
            yield return ("expected calibration error", Text($"{calibration.ExpectedError:0.000}"));
            yield return ("Brier score", Text($"{calibration.Brier:0.000}"));
        }

        if (summary.Latency is { } latency)
        {
            yield return ("time of an answer", Text($"p50 {latency.P50:0.0} ms, p95 {latency.P95:0.0} ms, p99 {latency.P99:0.0} ms"));
        }

        if (summary.Tokens is { } tokens)
        {
            yield return ("tokens of an answer", Text($"{tokens.Input / (double)tokens.Answers:0.0} read, {tokens.Output / (double)tokens.Answers:0.0} written"));
        }
    }

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
