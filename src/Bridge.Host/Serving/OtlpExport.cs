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
    /// <summary>The standard variable that says how OTLP is spoken: <c>grpc</c> or <c>http/protobuf</c>.</summary>
    public const string ProtocolVariable = "OTEL_EXPORTER_OTLP_PROTOCOL";

    // Every span of a prompt hangs below that of its request: without it they would have a parent nobody records, and be dropped with it.
    private const string RequestSource = "Microsoft.AspNetCore";

    private const int GrpcPort = 4317; // by convention; everywhere else OTLP speaks HTTP unless told otherwise

    private readonly TracerProvider _traces;
    private readonly MeterProvider _metrics;

    private OtlpExport(Uri endpoint, bool grpc)
    {
        ResourceBuilder resource = ResourceBuilder.CreateDefault().AddService("bridge");
        _traces = Sdk.CreateTracerProviderBuilder()
            .SetResourceBuilder(resource)
            .AddSource(BridgeTelemetry.Name, RequestSource)
            .AddOtlpExporter(options => Set(options, endpoint, grpc, "/v1/traces"))
            .Build();
        _metrics = Sdk.CreateMeterProviderBuilder()
            .SetResourceBuilder(resource)
            .AddMeter(BridgeTelemetry.Name)
            .AddOtlpExporter(options => Set(options, endpoint, grpc, "/v1/metrics"))
            .Build();
    }

    /// <summary>Begins to export.</summary>
    /// <param name="endpoint">The endpoint; <see langword="null"/> for none.</param>
    /// <param name="protocol">The value of <see cref="ProtocolVariable"/>; without, port 4317 speaks gRPC and every other HTTP.</param>
    /// <returns>The export; <see langword="null"/> where there is no endpoint.</returns>
    public static OtlpExport? Start(string? endpoint, string? protocol)
    {
        if (endpoint is null)
        {
            return null;
        }

        var address = new Uri(endpoint);
        return new OtlpExport(address, string.IsNullOrWhiteSpace(protocol) ? address.Port == GrpcPort : protocol.Trim() == "grpc");
    }

    public void Dispose()
    {
        _traces.Dispose();
        _metrics.Dispose();
    }

    private static void Set(OtlpExporterOptions options, Uri endpoint, bool grpc, string path)
    {
        options.Protocol = grpc ? OtlpExportProtocol.Grpc : OtlpExportProtocol.HttpProtobuf;
        options.Endpoint = grpc ? endpoint : new Uri(endpoint.ToString().TrimEnd('/') + path);
    }
}
