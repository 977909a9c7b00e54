using System.Net.Sockets;
using System.Text;
using System.Text.Json.Nodes;
using Bridge.EndToEnd.Tests.Running;
using Bridge.TestKit;
using ModelContextProtocol.Client;

namespace Bridge.EndToEnd.Tests.Hygiene;

/// <summary>Servers and clients that fail in every way while many others work: each call has its own answer or a clear error, and nothing stays.</summary>
public sealed class FaultTests : IDisposable
{
    private const string Calm = "calm";

    private static readonly string[] s_faulty = ["alpha", "beta"];
    private static readonly string[] s_faults = ["kill", "stop", "slow-loris", "!die", "!hang", "!errors", "!garbage", "!line"];

    private readonly BridgeProcess _bridge = new();

    public FaultTests() => Assert.SkipUnless(OperatingSystem.IsLinux(), "Signals, and /proc.");

    [Fact]
    [Trait("Attack", "P4")]
    [Trait("Attack", "H9")]
    public Task Call_EveryFaultOnce_HasItsOwnAnswerOrAClearError() => RunAsync(clients: 8, rounds: 1, seed: 20260728, TimeSpan.FromMilliseconds(300));

    [Fact]
    [Trait("Category", "Soak")]
    public Task Call_FaultsForMinutes_HaveTheirOwnAnswersOrClearErrors() => RunAsync(clients: 24, rounds: 30, Environment.TickCount, TimeSpan.FromSeconds(1));

    public void Dispose()
    {
        foreach (int left in _bridge.Processes().Keys)
        {
            System.Diagnostics.Process.GetProcessById(left).Kill();
        }

        _bridge.Dispose();
    }

    private async Task RunAsync(int clients, int rounds, int seed, TimeSpan pause)
    {
        TestContext.Current.TestOutputHelper?.WriteLine($"Seed {seed}.");
        Configure();
        await using RunningServe serve = await RunningServe.StartAsync(_bridge, "--config", "mine");
        await using McpClient injector = await GatewayClients.ConnectAsync(serve, GatewayClients.Sessions);
        await WorkAsync(injector);
        int before = _bridge.Processes().Count;
        (long memory, int handles) = (Signals.MemoryOf(serve.Process.Id), Signals.HandlesOf(serve.Process.Id));

        var load = new EchoLoad(serve, _bridge, Calm, s_faulty);
        using var stop = new CancellationTokenSource();
        Task[] running = [.. Enumerable.Range(0, clients).Select(number => load.RunAsync(number, seed, stop.Token))];
        await BreakAsync(serve, injector, rounds, new Random(seed), pause);
        await stop.CancelAsync();
        await Task.WhenAll(running);
        await WorkAsync(injector);

        TestContext.Current.TestOutputHelper?.WriteLine(load.ToString());
        load.Wrong.Should().BeEmpty();
        load.Answered.Should().BeGreaterThan(clients);
        await Eventually.IsAsync(() => _bridge.Processes().Count == before, () => $"these are left: {string.Join(" | ", _bridge.Processes().Values)}");
        await Eventually.IsAsync(() => Signals.HandlesOf(serve.Process.Id) <= handles + 20, () => $"{Signals.HandlesOf(serve.Process.Id)} handles are open, {handles} were");
        long after = Signals.MemoryOf(serve.Process.Id);
        TestContext.Current.TestOutputHelper?.WriteLine($"Memory {memory / 1e6:F0} MB before, {after / 1e6:F0} MB after; handles {handles} before, {Signals.HandlesOf(serve.Process.Id)} after.");
        after.Should().BeLessThan((memory * 2) + 300_000_000, "a line without end is bounded and not kept");
    }

    /// <summary>Every fault so many times, in an order by chance.</summary>
    private async Task BreakAsync(RunningServe serve, McpClient injector, int rounds, Random random, TimeSpan pause)
    {
        for (int round = 0; round < rounds; round++)
        {
            string[] order = [.. s_faults];
            random.Shuffle(order);
            foreach (string fault in order)
            {
                await Task.Delay(pause * (0.5 + random.NextDouble()));
                int[] servers = [.. _bridge.Processes().Where(process => process.Value.Contains("on-demand", StringComparison.Ordinal)).Select(process => process.Key)];
                switch (fault)
                {
                    case "kill" when servers.Length > 0:
                        await Signals.SendAsync(servers[random.Next(servers.Length)], Signals.Kill);
                        break;
                    case "stop" when servers.Length > 0:
                        _ = HangAsync(servers[random.Next(servers.Length)], TimeSpan.FromSeconds(1 + (3 * random.NextDouble())));
                        break;
                    case "slow-loris":
                        _ = DribbleAsync(serve.Client.BaseAddress!, random.Next(2) == 0);
                        break;
                    default:
                        _ = injector.EchoAsync(s_faulty[random.Next(s_faulty.Length)], fault).ContinueWith(static late => late.Exception, TaskScheduler.Default);
                        break;
                }
            }
        }
    }

    private static async Task HangAsync(int server, TimeSpan time)
    {
        await Signals.SendAsync(server, Signals.Stop);
        await Task.Delay(time);
        await Signals.SendAsync(server, Signals.Continue);
    }

    // Headers or a body that come by single bytes, until the gateway has had enough.
    private static async Task DribbleAsync(Uri address, bool body)
    {
        string head = "POST /mcp HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: application/json\r\n";
        using var client = new TcpClient();
        await client.ConnectAsync(address.Host, address.Port);
        Stream stream = client.GetStream();
        try
        {
            await stream.WriteAsync(Encoding.ASCII.GetBytes(body ? head + "Content-Length: 1000\r\n\r\n" : head));
            while (true)
            {
                await stream.WriteAsync("x"u8.ToArray());
                await Task.Delay(200);
            }
        }
        catch (IOException)
        {
            // It had.
        }
    }

    /// <summary>Waits until every server answers.</summary>
    private static async Task WorkAsync(McpClient client)
    {
        foreach (string server in s_faulty.Prepend(Calm))
        {
            for (int turn = 0; await client.EchoAsync(server, $"back {turn}") is { } said && said != $"back {turn}"; turn++)
            {
                turn.Should().BeLessThan(60, said);
                await Task.Delay(500);
            }
        }
    }

    private void Configure()
    {
        var servers = new JsonObject { [Calm] = Server("Fixture") };
        foreach (string name in s_faulty)
        {
            servers[name] = Server("Hostile", "on-demand");
            servers[name]!["startTimeout"] = "8s"; // who hangs that long is started again
        }

        _bridge.Write("mine/mcp.json", new JsonObject { ["mcpServers"] = servers }.ToJsonString());
        _bridge.Write("mine/appsettings.json", """{"Bridge": {"StartTimeout": "00:01:00", "Limits": {"CallTimeout": "00:00:03"}}}""");
    }

    private static JsonObject Server(string name, params string[] more) => new()
    {
        ["command"] = "dotnet",
        ["args"] = new JsonArray([BuiltServers.Dll(name), .. more.Select(argument => (JsonNode)argument)]),
    };
}
