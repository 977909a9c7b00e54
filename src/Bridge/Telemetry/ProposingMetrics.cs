using System.Diagnostics.Metrics;

namespace Bridge.Telemetry;

/// <summary>The metrics of proposing.</summary>
internal static class ProposingMetrics
{
    /// <summary>Attempts, by caller and result.</summary>
    public static Counter<long> Attempts { get; } = BridgeTelemetry.Meter.CreateCounter<long>(
        "bridge.attempts", "{attempt}", "Proposals made by tool callers.");

    /// <summary>How long attempts take, in seconds, by caller.</summary>
    public static Histogram<double> AttemptDuration { get; } = BridgeTelemetry.Meter.CreateHistogram<double>(
        "bridge.attempt.duration", "s", "How long one proposal takes.");
}
