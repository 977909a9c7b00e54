using System.Text.Json.Nodes;
using Bridge.EndToEnd.Tests.Running;
using Bridge.TestKit;
using ModelContextProtocol.Client;

namespace Bridge.EndToEnd.Tests.Hygiene;

/// <summary>Many clients want a server that does not run yet.</summary>
public sealed class FirstCallTests : IDisposable
{
    private const int Clients = 50;

    private readonly BridgeProcess _bridge = new();

    public FirstCallTests() => Assert.SkipUnless(OperatingSystem.IsLinux(), "A shell, and /proc.");

    [Fact]
    [Trait("Attack", "P5")]
    public async Task Call_FiftyClientsAtOnceWhileTheServerStarts_OneProcessAnswersAll()
    {
        string starts = Path.Combine(_bridge.Current, "starts");
        _bridge.Write("mine/mcp.json", new JsonObject
        {
            ["mcpServers"] = new JsonObject
            {
                ["hostile"] = new JsonObject
                {
                    ["command"] = "/bin/sh",
                    ["args"] = new JsonArray("-c", "echo $$ >> \"$0\"; sleep 1; exec dotnet \"$1\" good", starts, BuiltServers.Dll("Hostile")),
                },
            },
        }.ToJsonString());
        _bridge.Write("mine/appsettings.json", """{"Bridge": {"StartTimeout": "00:01:00"}}""");
        await using RunningServe serve = await RunningServe.StartAsync(_bridge, "--config", "mine");

        string[] said = await Task.WhenAll(Enumerable.Range(0, Clients).Select(number => FirstCallAsync(serve, number)));

        string started = Assert.Single(await File.ReadAllLinesAsync(starts));
        said.Should().AllBe($"{started} 0", "the server answers with the id of its process");
        _bridge.Processes().Values.Count(line => line.Contains("TestServers.Hostile", StringComparison.Ordinal)).Should().Be(1);
    }

    public void Dispose() => _bridge.Dispose();

    private static async Task<string> FirstCallAsync(RunningServe serve, int number)
    {
        await using McpClient client = await GatewayClients.ConnectAsync(serve, number % 2 == 0 ? GatewayClients.Sessions : GatewayClients.Stateless);
        return await client.EchoAsync("hostile", "");
    }
}
