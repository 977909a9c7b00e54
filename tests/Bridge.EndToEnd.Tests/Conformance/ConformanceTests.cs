using System.Text.Json.Nodes;
using Bridge.EndToEnd.Tests.Running;
using Bridge.TestKit;

namespace Bridge.EndToEnd.Tests.Conformance;

/// <summary>The official suite through the gateway: client → Bridge → a server with one of everything.</summary>
public sealed class ConformanceTests : IDisposable
{
    private readonly BridgeProcess _first = new();
    private readonly BridgeProcess _second = new();

    [Fact]
    public async Task Gateway_OfAStdioServer_Conforms()
    {
        _first.Write("mine/mcp.json", Config(new JsonObject { ["command"] = "dotnet", ["args"] = new JsonArray(BuiltServers.Dll("Fixture")) }));
        await using RunningServe serve = await StartAsync(_first);

        await CheckAsync(ConformanceRun.All, serve);
        await CheckAsync(ConformanceRun.Of2025, serve);
        await CheckAsync(ConformanceRun.Of2026, serve);
    }

    [Fact]
    [Trait("Category", "Soak")]
    public async Task Gateway_OfAServerWithoutSessions_Conforms()
    {
        _first.Write("mine/mcp.json", Config(new JsonObject { ["command"] = "dotnet", ["args"] = new JsonArray(BuiltServers.Dll("Fixture"), "2026-07-28") }));
        await using RunningServe serve = await StartAsync(_first);

        await CheckAsync(ConformanceRun.All.Before("a server of 2026-07-28"), serve);
        await CheckAsync(ConformanceRun.Of2025.Before("a server of 2026-07-28"), serve);
        await CheckAsync(ConformanceRun.Of2026.Before("a server of 2026-07-28").Without("input-required-result-basic-elicitation"), serve);
    }

    [Fact]
    [Trait("Category", "Soak")]
    public async Task Gateway_OfAGatewayOverEachTransport_Conforms()
    {
        _first.Write("mine/mcp.json", Config(new JsonObject { ["command"] = "dotnet", ["args"] = new JsonArray(BuiltServers.Dll("Fixture")) }));
        await using RunningServe behind = await StartAsync(_first);
        foreach ((string transport, string path, string name) in ((string, string, string)[])[("http", "/mcp/fixture", "Streamable HTTP"), ("sse", "/sse/fixture", "legacy SSE")])
        {
            _second.Write("mine/mcp.json", Config(new JsonObject { ["type"] = transport, ["url"] = new Uri(behind.Client.BaseAddress!, path).ToString() }));
            await using RunningServe front = await StartAsync(_second);

            await CheckAsync(ConformanceRun.All with { Name = $"{ConformanceRun.All.Name}, through two gateways over {name}" }, front);
            await CheckAsync(ConformanceRun.Of2025 with { Name = $"{ConformanceRun.Of2025.Name}, through two gateways over {name}" }, front);
        }
    }

    public void Dispose()
    {
        _first.Dispose();
        _second.Dispose();
    }

    private static string Config(JsonObject fixture) => new JsonObject { ["mcpServers"] = new JsonObject { ["fixture"] = fixture } }.ToJsonString();

    // The suite has no key to show.
    private static async Task<RunningServe> StartAsync(BridgeProcess bridge)
    {
        RunningServe serve = await RunningServe.StartAsync(bridge, "--no-auth", "--config", Path.Combine(bridge.Current, "mine"));
        await serve.WaitForLogAsync("'fixture' is ready");
        return serve;
    }

    private static async Task CheckAsync(ConformanceRun run, RunningServe serve)
    {
        (IReadOnlyList<ConformanceScenario> scenarios, string output) = await run.RunAsync(new Uri(serve.Client.BaseAddress!, "/mcp/fixture").ToString());

        scenarios.Should().HaveCountGreaterThan(20, output);
        scenarios.Where(scenario => scenario.Failed > 0).Select(scenario => scenario.Name)
            .Should().BeEquivalentTo(run.Exceptions.Keys, $"these alone may fail, and what passes must go from the list: {output}");
        ConformancePage.Check(run, scenarios);
    }
}
