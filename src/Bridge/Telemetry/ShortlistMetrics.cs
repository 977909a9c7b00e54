using System.Diagnostics.Metrics;

namespace Bridge.Telemetry;

/// <summary>The metrics of picking tools.</summary>
internal static class ShortlistMetrics
{
    /// <summary>Requests for embeddings, by result.</summary>
    public static Counter<long> Embeddings { get; } = BridgeTelemetry.Meter.CreateCounter<long>(
        "bridge.embeddings", "{request}", "Requests for embeddings; where one did not succeed, tools are ranked by their words.");
}
