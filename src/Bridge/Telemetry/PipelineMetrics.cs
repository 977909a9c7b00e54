using System.Diagnostics.Metrics;

namespace Bridge.Telemetry;

/// <summary>The metrics of whole prompts.</summary>
internal static class PipelineMetrics
{
    /// <summary>Prompts, by outcome.</summary>
    public static Counter<long> Prompts { get; } = BridgeTelemetry.Meter.CreateCounter<long>(
        "bridge.prompts", "{prompt}", "Prompts that went through the bridge.");

    /// <summary>How long prompts take, in seconds, by outcome.</summary>
    public static Histogram<double> PromptDuration { get; } = BridgeTelemetry.Meter.CreateHistogram<double>(
        "bridge.prompt.duration", "s", "How long one prompt takes, proposing and calling together.");
}
