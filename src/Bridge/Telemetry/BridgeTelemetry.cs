using System.Diagnostics;
using System.Diagnostics.Metrics;

namespace Bridge.Telemetry;

/// <summary>The one source of traces and the one meter of the product.</summary>
public static class BridgeTelemetry
{
    /// <summary>The name of both.</summary>
    public const string Name = "Bridge";

    /// <summary>Traces: <c>bridge.prompt</c>, <c>bridge.attempt</c>, <c>bridge.call</c>.</summary>
    public static ActivitySource Source { get; } = new(Name);

    /// <summary>Metrics, all named <c>bridge.*</c>.</summary>
    public static Meter Meter { get; } = new(Name);
}
