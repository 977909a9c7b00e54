using Bridge.Telemetry;
using OpenTelemetry;
using OpenTelemetry.Exporter;
using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;
using OpenTelemetry.Trace;

namespace Bridge.Host.Serving;

/// <summary>Sends traces and metrics to an OTLP endpoint while it lives.</summary>
internal sealed class OtlpExport : IDisposable
{
    private const int HttpPort = 4318; // OTLP over HTTP by convention; elsewhere gRPC is spoken

    private readonly TracerProvider _traces;
    private readonly MeterProvider _metrics;

    private OtlpExport(Uri endpoint)
    {
        ResourceBuilder resource = ResourceBuilder.CreateDefault().AddService("bridge");
        _traces = Sdk.CreateTracerProviderBuilder()
            .SetResourceBuilder(resource)
            .AddSource(BridgeTelemetry.Name)
            .AddOtlpExporter(options => Set(options, endpoint, "/v1/traces"))
            .Build();
        _metrics = Sdk.CreateMeterProviderBuilder()
            .SetResourceBuilder(resource)
            .AddMeter(BridgeTelemetry.Name)
            .AddOtlpExporter(options => Set(options, endpoint, "/v1/metrics"))
            .Build();
    }

    /// <summary>Begins to export.</summary>
    /// <param name="endpoint">The endpoint; <see langword="null"/> for none.</param>
    /// <returns>The export; <see langword="null"/> where there is no endpoint.</returns>
    public static OtlpExport? Start(string? endpoint) => endpoint is null ? null : new OtlpExport(new Uri(endpoint));

    public void Dispose()
    {
        _traces.Dispose();
        _metrics.Dispose();
    }

    private static void Set(OtlpExporterOptions options, Uri endpoint, string path)
    {
        bool http = endpoint.Port == HttpPort || endpoint.AbsolutePath.Length > 1;
        options.Protocol = http ? OtlpExportProtocol.HttpProtobuf : OtlpExportProtocol.Grpc;
        options.Endpoint = http ? new Uri(endpoint.ToString().TrimEnd('/') + path) : endpoint;
    }
}
