using System.Diagnostics;
using System.Text.Json.Nodes;
using Bridge.EndToEnd.Tests.Running;
using Bridge.TestKit;
using ModelContextProtocol.Client;

namespace Bridge.EndToEnd.Tests.Hygiene;

/// <summary>Clients of <c>bridge mcp</c> that are killed with all they had: nothing of them is left.</summary>
public sealed class KilledClientTests : IDisposable
{
    private const int AtOnce = 4;

    // A tool that never answers, so that a client can be killed in the middle of a call.
    private const string Hang = "wait";

    private static readonly TimeSpan s_patience = TimeSpan.FromMinutes(1);

    private readonly BridgeProcess _bridge = new();

    public KilledClientTests() => Assert.SkipUnless(OperatingSystem.IsLinux(), "Signals, and /proc.");

    [Fact]
    [Trait("Attack", "P6")]
    public Task Mcp_SomeClientsComeAndAreKilled_NothingIsLeft() => ComeAndGoAsync(clients: 8, sessions: 5);

    [Fact]
    [Trait("Category", "Soak")]
    public Task Mcp_ThousandClientsComeAndAreKilled_NothingIsLeft() => ComeAndGoAsync(clients: 1000, sessions: 100);

    [Fact]
    [Trait("Attack", "P6")]
    public async Task Mcp_IsKilledBesideAServerThatDoesNotEnd_TakesItAlong()
    {
        Configure("stubborn", sessions: 1);
        using Process process = _bridge.Start("mcp", "--config", "mine");
        McpClient client = await GatewayClients.ConnectAsync(process, GatewayClients.Sessions);
        int[] servers = [.. (await client.EchoAsync("hostile", "")).Split(' ').Select(int.Parse)];
        servers.Should().HaveCount(2, "it has a child").And.OnlyContain(server => Signals.IsAlive(server));

        await Signals.SendAsync(process.Id, Signals.Kill);

        await Eventually.IsAsync(() => _bridge.Processes().Count == 0, () => $"these are left: {Seen()}");
    }

    public void Dispose()
    {
        foreach (int left in _bridge.Processes().Keys)
        {
            Process.GetProcessById(left).Kill();
        }

        _bridge.Dispose();
    }

    // There are fewer sessions than clients: those that outlived their clients would shut others out.
    private async Task ComeAndGoAsync(int clients, int sessions)
    {
        Configure("hang-on-wait", sessions);
        await using RunningServe serve = await RunningServe.StartAsync(_bridge, "--config", "mine");
        int id = serve.Process.Id;
        await Task.WhenAll(Enumerable.Range(0, AtOnce).Select(LiveAsync));
        await Eventually.IsAsync(() => _bridge.Processes().Count == 4, () => $"serve, its two servers and their watch run: {Seen()}");
        int[] before = [.. _bridge.Processes().Keys.Order()];
        (long memory, int handles) = (Signals.MemoryOf(id), Signals.HandlesOf(id));

        await Parallel.ForEachAsync(Enumerable.Range(0, clients), new ParallelOptions { MaxDegreeOfParallelism = AtOnce }, async (number, _) => await LiveAsync(number));

        await Eventually.IsAsync(() => _bridge.Processes().Keys.Order().SequenceEqual(before), () => $"these are left: {Seen()}");
        await Eventually.IsAsync(() => Signals.HandlesOf(id) <= handles + 10, () => $"{Signals.HandlesOf(id)} handles are open, {handles} were");
        using Process last = _bridge.Start("mcp", "--config", "mine");
        await using (McpClient client = await GatewayClients.ConnectAsync(last, GatewayClients.Sessions))
        {
            (await client.EchoAsync("hostile", "still here")).Should().Be("still here");
        }

        long after = Signals.MemoryOf(id);
        after.Should().BeLessThan((memory * 3 / 2) + 50_000_000, "clients that are gone leave nothing behind; before it was {0} bytes", memory);
        TestContext.Current.TestOutputHelper?.WriteLine(
            $"{clients} clients; memory {memory / 1e6:F0} MB before, {after / 1e6:F0} MB after; handles {handles} before, {Signals.HandlesOf(id)} after.");
    }

    /// <summary>One client, attached or alone, to its end: at some moment of its start, connected, or in the middle of a call.</summary>
    private async Task LiveAsync(int number)
    {
        using Process process = _bridge.Start(["mcp", "--config", "mine", .. number % 4 == 3 ? (string[])["--standalone"] : []]);
        if (number % 5 == 4)
        {
            await Task.Delay(number * 37 % 400);
        }
        else
        {
            McpClient client = await GatewayClients.ConnectAsync(process, GatewayClients.Sessions);
            (await client.EchoAsync("hostile", $"client {number}")).Should().Be($"client {number}");
            if (number % 3 == 0)
            {
                _ = client.EchoAsync("hostile", Hang).ContinueWith(static lost => lost.Exception, TaskScheduler.Default);
                await Task.Delay(50);
            }
        }

        process.Kill(); // -9, and nothing else: its children are what is asked about
        await process.WaitForExitAsync().WaitAsync(s_patience);
    }

    private void Configure(string mode, int sessions)
    {
        _bridge.Write("mine/mcp.json", new JsonObject
        {
            ["mcpServers"] = new JsonObject
            {
                ["hostile"] = Server("Hostile", mode),
                ["calculator"] = Server("Calculator"),
            },
        }.ToJsonString());
        _bridge.Write("mine/appsettings.json", new JsonObject
        {
            ["Bridge"] = new JsonObject
            {
                ["StartTimeout"] = "00:01:00", // a busy machine takes its time; a tool of a server that is not there is unknown
                ["Gateway"] = new JsonObject { ["MaxSessions"] = sessions },
                ["Limits"] = new JsonObject { ["CallTimeout"] = "00:00:10" },
            },
        }.ToJsonString());
    }

    private static JsonObject Server(string name, params string[] more) => new()
    {
        ["command"] = "dotnet",
        ["args"] = new JsonArray([BuiltServers.Dll(name), .. more.Select(argument => (JsonNode)argument)]),
    };

    private string Seen() => string.Join(" | ", _bridge.Processes().Select(process => $"{process.Key} {process.Value}"));
}
