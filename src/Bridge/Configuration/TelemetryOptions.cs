namespace Bridge.Configuration;

/// <summary>Where telemetry goes beside <c>/metrics</c>.</summary>
public sealed class TelemetryOptions
{
    /// <summary>The OTLP endpoint, such as <c>http://127.0.0.1:4318</c>; <see langword="null"/> for none. Port 4317 speaks gRPC, every other HTTP.</summary>
    public string? OtlpEndpoint { get; set; }
}
