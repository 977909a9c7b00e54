using System.Net.Sockets;
using Bridge.EndToEnd.Tests.Running;

namespace Bridge.EndToEnd.Tests;

public sealed class TelemetryTests : IDisposable
{
    private const string Protobuf = "application/x-protobuf";

    private readonly BridgeProcess _bridge = new();

    [Fact]
    public async Task Serve_WithOtlpEndpoint_SendsTracesAndMetricsOverHttp()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Signals.");
        await using var collector = new OtlpCollector();
        _bridge.Write("mine/appsettings.json", """{"Bridge": {"Telemetry": {"OtlpEndpoint": "URL"}}}""".Replace("URL", collector.Url));
        await using RunningServe serve = await RunningServe.StartAsync(_bridge, "--config", "mine");
        (await serve.AskAsync("Add 2 to 3 using available tools.")).Status.Should().Be(200);

        (int code, string error) = await serve.StopAsync();

        code.Should().Be(0, error);
        collector.Posts.Should().BeEquivalentTo(new[] { ("/v1/traces", Protobuf), ("/v1/metrics", Protobuf) });
        collector.At("/v1/traces").Should().ContainAll("bridge.prompt", "bridge.attempt", "bridge.call", "service.name");
        collector.At("/v1/metrics").Should().ContainAll("bridge.prompts", "bridge.calls", "bridge.http.request.duration");
    }

    [Fact]
    public async Task Serve_NobodyAtTheOtlpEndpoint_ServesAndStopsAllTheSame()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Signals.");
        using var nobody = new TcpListener(System.Net.IPAddress.Loopback, 0);
        nobody.Start();
        string url = $"http://{nobody.LocalEndpoint}";
        nobody.Stop();
        _bridge.Write("mine/appsettings.json", """{"Bridge": {"Telemetry": {"OtlpEndpoint": "URL"}}}""".Replace("URL", url));
        await using RunningServe serve = await RunningServe.StartAsync(_bridge, "--config", "mine");

        (await serve.AskAsync("Add 2 to 3 using available tools.")).Status.Should().Be(200);

        (await serve.StopAsync()).Code.Should().Be(0);
    }

    public void Dispose() => _bridge.Dispose();
}
