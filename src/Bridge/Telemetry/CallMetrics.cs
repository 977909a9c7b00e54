using System.Diagnostics;
using System.Diagnostics.Metrics;
using Bridge.Outcomes;

namespace Bridge.Telemetry;

/// <summary>What is measured of every call.</summary>
internal static class CallMetrics
{
    private static readonly Counter<long> s_calls = BridgeTelemetry.Meter.CreateCounter<long>(
        "bridge.calls", "{call}", "Calls by source, status and reason.");

    private static readonly Histogram<double> s_duration = BridgeTelemetry.Meter.CreateHistogram<double>(
        "bridge.call.duration", "s", "How long calls take, from the door to the result, by source and status.");

    private static readonly Counter<long> s_flaws = BridgeTelemetry.Meter.CreateCounter<long>(
        "bridge.results.flawed", "{result}", "Results that break their tool's own word, by source and flaw.");

    /// <summary>Records a call that ended.</summary>
    /// <param name="outcome">What became of it.</param>
    public static void Record(CallOutcome outcome)
    {
        KeyValuePair<string, object?> source = new("source", outcome.Call.Tool.Id.Source);
        KeyValuePair<string, object?> status = new("status", OutcomeNames.Of(outcome.Status));
        if (s_calls.Enabled)
        {
            s_calls.Add(1, source, status, new("reason", OutcomeNames.Of(outcome.Reason.Kind)));
        }

        if (s_duration.Enabled)
        {
            s_duration.Record(outcome.Duration.TotalSeconds, source, status);
        }

        if (outcome.Result?.Flaw is { } flaw && s_flaws.Enabled)
        {
            s_flaws.Add(1, source, new("flaw", OutcomeNames.Of(flaw)));
        }
    }

    /// <summary>Writes what became of a call into its trace.</summary>
    /// <param name="activity">The call's activity.</param>
    /// <param name="outcome">What became of it.</param>
    public static void Describe(Activity activity, CallOutcome outcome)
    {
        activity.SetTag("bridge.status", OutcomeNames.Of(outcome.Status));
        if (outcome.Reason.Kind != ReasonKind.None)
        {
            activity.SetTag("bridge.reason", OutcomeNames.Of(outcome.Reason.Kind));
        }

        if (outcome.Status == CallStatus.Failed)
        {
            activity.SetStatus(ActivityStatusCode.Error, outcome.Reason.Message);
        }
    }
}
