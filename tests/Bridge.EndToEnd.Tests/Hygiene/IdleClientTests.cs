using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;
using Bridge.EndToEnd.Tests.Running;
using Bridge.TestKit;
using ModelContextProtocol.Client;
using ModelContextProtocol.Protocol;

namespace Bridge.EndToEnd.Tests.Hygiene;

/// <summary>Clients that connect and then do nothing: what each costs, and that it ends.</summary>
public sealed class IdleClientTests : IDisposable
{
    private const string Initialize = """{"jsonrpc":"2.0","id":0,"method":"initialize","params":{"protocolVersion":"2025-11-25","capabilities":{},"clientInfo":{"name":"idle","version":"1"}}}""";
    private const string Listen = """
        {"jsonrpc":"2.0","id":1,"method":"subscriptions/listen","params":{"notifications":{"toolsListChanged":true},"_meta":{
          "io.modelcontextprotocol/protocolVersion":"2026-07-28","io.modelcontextprotocol/clientCapabilities":{},"io.modelcontextprotocol/clientInfo":{"name":"idle","version":"1"}}}}
        """;

    // What a session may cost, and what the process may vary by without any.
    private const long BytesEach = 150_000, Noise = 30_000_000;

    private readonly BridgeProcess _bridge = new();
    private readonly List<HttpResponseMessage> _streams = [];

    public IdleClientTests() => Assert.SkipUnless(OperatingSystem.IsLinux(), "Memory by /proc.");

    [Fact]
    [Trait("Attack", "H9")]
    public Task Serve_HundredIdleSessionsAndStreams_AreCheapAndEnd() => RunAsync(sessions: 100, streams: 200);

    [Fact]
    [Trait("Category", "Soak")]
    public Task Serve_ThousandIdleSessionsAndTwoThousandStreams_AreCheapAndEnd() => RunAsync(sessions: 1000, streams: 2000);

    public void Dispose()
    {
        _streams.ForEach(stream => stream.Dispose());
        _bridge.Dispose();
    }

    private async Task RunAsync(int sessions, int streams)
    {
        Configure(sessions, idle: "00:30:00");
        await using RunningServe serve = await RunningServe.StartAsync(_bridge, "--config", "mine");
        int id = serve.Process.Id;
        await AddAsync(serve);
        (long before, int handles) = (Signals.MemoryOf(id), Signals.HandlesOf(id));

        // Sessions that nobody listens to, as many as allowed.
        await Parallel.ForEachAsync(Enumerable.Range(0, sessions), async (_, _) => (await OpenAsync(serve)).Should().Be(HttpStatusCode.OK));
        long opened = Signals.MemoryOf(id);
        (await OpenAsync(serve)).Should().Be(HttpStatusCode.ServiceUnavailable);
        Configure(sessions, idle: "00:00:01");
        for (int turn = 0; await OpenAsync(serve) != HttpStatusCode.OK; turn++)
        {
            turn.Should().BeLessThan(120, "idle sessions expire");
            await Task.Delay(500);
        }

        // Streams of clients without sessions.
        long ended = Signals.MemoryOf(id);
        await Parallel.ForEachAsync(Enumerable.Range(0, streams), async (_, _) => await ListenAsync(serve));
        long listening = Signals.MemoryOf(id);
        await AddAsync(serve);
        _streams.ForEach(stream => stream.Dispose());
        await Eventually.IsAsync(() => Signals.HandlesOf(id) <= handles + 20, () => $"{Signals.HandlesOf(id)} handles are open, {handles} were");

        TestContext.Current.TestOutputHelper?.WriteLine(
            $"{before / 1e6:F0} MB; {sessions} idle sessions: {opened / 1e6:F0} MB, {(opened - before) / 1e3 / sessions:F1} KB each; expired: {ended / 1e6:F0} MB; "
            + $"{streams} idle streams: {listening / 1e6:F0} MB, {(listening - ended) / 1e3 / streams:F1} KB each.");
        (opened - before).Should().BeLessThan((BytesEach * sessions) + Noise);
        (listening - ended).Should().BeLessThan((BytesEach * streams) + Noise);
    }

    private static async Task AddAsync(RunningServe serve)
    {
        await using McpClient client = await GatewayClients.ConnectAsync(serve, GatewayClients.Stateless);
        CallToolResult sum = await client.CallToolAsync("calculator__add", new Dictionary<string, object?> { ["a"] = 2, ["b"] = 3 }).AsTask().WaitAsync(GatewayClients.Patience);
        sum.Content.Should().ContainSingle().Which.Should().BeOfType<TextContentBlock>().Which.Text.Should().Be("5");
    }

    private static async Task<HttpStatusCode> OpenAsync(RunningServe serve)
    {
        using HttpResponseMessage opened = await serve.Client.SendAsync(Post(Initialize));
        return opened.StatusCode;
    }

    private async Task ListenAsync(RunningServe serve)
    {
        HttpRequestMessage request = Post(Listen);
        request.Headers.Add("MCP-Protocol-Version", GatewayClients.Stateless);
        request.Headers.Add("Mcp-Method", "subscriptions/listen");
        HttpResponseMessage stream = await serve.Client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
        stream.StatusCode.Should().Be(HttpStatusCode.OK);
        lock (_streams)
        {
            _streams.Add(stream);
        }
    }

    private static HttpRequestMessage Post(string message)
    {
        var request = new HttpRequestMessage(HttpMethod.Post, new Uri("/mcp", UriKind.Relative)) { Content = new StringContent(message, Encoding.UTF8, "application/json") };
        request.Headers.Accept.Add(new MediaTypeWithQualityHeaderValue("application/json"));
        request.Headers.Accept.Add(new MediaTypeWithQualityHeaderValue("text/event-stream"));
        return request;
    }

    private void Configure(int sessions, string idle)
    {
        _bridge.Write("mine/mcp.json", new JsonObject
        {
            ["mcpServers"] = new JsonObject { ["calculator"] = new JsonObject { ["command"] = "dotnet", ["args"] = new JsonArray(BuiltServers.Dll("Calculator")) } },
        }.ToJsonString());
        _bridge.Write("mine/appsettings.json", $$$"""{"Bridge": {"StartTimeout": "00:01:00", "Gateway": {"MaxSessions": {{{sessions}}}, "IdleTimeout": "{{{idle}}}"} } }""");
    }
}
