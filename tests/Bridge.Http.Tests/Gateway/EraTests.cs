using System.Collections.Concurrent;
using System.Text.Json;
using System.Text.Json.Nodes;
using Bridge.Http.Tests.Fixtures;
using Bridge.Mcp.Configuration;
using Bridge.TestKit;
using ModelContextProtocol.Client;
using ModelContextProtocol.Protocol;

#pragma warning disable MCP9005 // sampling and roots are obsolete in the newest version only, and are asked for in both eras

namespace Bridge.Http.Tests.Gateway;

/// <summary>Clients of both eras in front of servers of both eras, over each transport: what a client sees is the same.</summary>
public sealed class EraTests
{
    private const string Sessions = "2025-11-25", Stateless = "2026-07-28", Watched = "test://watched-resource";

    public static TheoryData<string, string, string> Matrix => new(
        from client in (string[])[Sessions, Stateless]
        from server in (string[])[Sessions, Stateless]
        from transport in (string[])["stdio", "http", "sse"]
        select (client, server, transport));

    [Theory]
    [MemberData(nameof(Matrix))]
    public async Task Client_OfOneEra_SeesAServerOfTheOther(string clientEra, string serverEra, string transport)
    {
        await using Chain chain = await Chain.StartAsync(serverEra, transport);
        var progress = new ConcurrentQueue<string>();
        McpClient client = await ConnectAsync(chain.Gateway, clientEra);
        await using IAsyncDisposable hearing = client.RegisterNotificationHandler("notifications/progress", (heard, _) =>
        {
            progress.Enqueue(heard.Params!["x-extra"]!.ToJsonString());
            return ValueTask.CompletedTask;
        });

        client.NegotiatedProtocolVersion.Should().Be(clientEra);
        JsonNode meta = JsonNode.Parse(await client.CallTextAsync(Chain.Tool("show_meta")) is { Length: > 4 } shown ? shown : "{}")!;
        meta["io.modelcontextprotocol/protocolVersion"]?.GetValue<string>().Should().Be(serverEra == Sessions ? null : serverEra);
        (await client.CallTextAsync(Chain.Tool("echo"), """{"text":"hé"}""")).Should().Be("hé");
        (await client.CallTextAsync(Chain.Tool("test_elicitation"), """{"message":"who?"}""")).Should().Contain("accept").And.Contain("ann");
        (await client.CallTextAsync(Chain.Tool("test_sampling"), """{"prompt":"say"}""")).Should().Be("LLM response: Paris");
        (await client.CallTextAsync(Chain.Tool("list_roots"))).Should().Contain("file:///home/ann");
        (await client.CallTextAsync(Chain.Tool("test_input_required_result_multi_round"))).Should().Contain("state-ok");
        (await client.CallTextAsync(Chain.Tool("test_input_required_result_multiple_inputs"))).Should().Contain("ann").And.Contain("Paris").And.Contain("home");
        JsonNode result = await client.RequestAsync(
            "tools/call", $$"""{"name":"{{Chain.Tool("test_tool_with_progress")}}","arguments":{},"_meta":{"progressToken":"p1"} }""");
        result["isError"]?.GetValue<bool>().Should().NotBe(true);
        await EventuallyAsync(() => progress.Count == 3);
        progress.Order().Should().Equal("0", "1", "2");
        (await client.RequestAsync("resources/read", $$"""{"uri":"{{Watched}}"}"""))["contents"]!.AsArray().Should().ContainSingle();
        (await client.RequestAsync("prompts/get", $$"""{"name":"{{Chain.Tool("test_input_required_result_prompt")}}"}""")).ToJsonString().Should().Contain("ann");
    }

    [Theory]
    [MemberData(nameof(Matrix))]
    public async Task Change_AtAServerOfOneEra_ReachesAClientOfTheOther(string clientEra, string serverEra, string transport)
    {
        await using Chain chain = await Chain.StartAsync(serverEra, transport);
        McpClient client = await ConnectAsync(chain.Gateway, clientEra);
        using var tools = new SemaphoreSlim(0);
        using var prompts = new SemaphoreSlim(0);
        using var updated = new SemaphoreSlim(0);
        using var stop = new CancellationTokenSource();
        await using IAsyncDisposable first = Hear(client, "notifications/tools/list_changed", tools);
        await using IAsyncDisposable second = Hear(client, "notifications/prompts/list_changed", prompts);
        await using IAsyncDisposable third = Hear(client, "notifications/resources/updated", updated);
        await client.ListToolsAsync();
        await client.ListPromptsAsync();
        Task listening = await ListenAsync(client, clientEra, stop.Token);

        await client.CallTextAsync(Chain.Tool("test_trigger_tool_change"));
        await client.CallTextAsync(Chain.Tool("add_prompt"));
        string told = await client.CallTextAsync(Chain.Tool("touch_resource"), $$"""{"uri":"{{Watched}}"}""");

        told.Should().Be("told");
        using var limit = new CancellationTokenSource(GatewayHost.Patience);
        while (!await tools.WaitAsync(TimeSpan.FromMilliseconds(50), limit.Token))
        {
            await chain.ApproveBehindAsync(); // a gateway tells of the tool when somebody there approved it
        }

        (await prompts.WaitAsync(GatewayHost.Patience)).Should().BeTrue();
        (await updated.WaitAsync(GatewayHost.Patience)).Should().BeTrue();
        (await client.ListToolsAsync()).Select(tool => tool.Name).Should().NotContain(Chain.Tool("new_tool"), "it waits for approval");
        for (bool listed = false; !listed; limit.Token.ThrowIfCancellationRequested())
        {
            await chain.Gateway.ApproveAsync("fixture");
            listed = (await client.ListToolsAsync()).Any(tool => tool.Name == Chain.Tool("new_tool"));
        }

        (await client.ListPromptsAsync()).Select(prompt => prompt.Name).Should().Contain(Chain.Tool("late_prompt"));
        await stop.CancelAsync();
        await listening.ContinueWith(static _ => { }, TaskScheduler.Default);
    }

    [Fact]
    public async Task Unsubscribe_OfTheLastClient_ClosesTheStreamOfTheServer()
    {
        await using Chain chain = await Chain.StartAsync(Stateless, "stdio");
        McpClient client = await ConnectAsync(chain.Gateway, Sessions);
        string touch = $$"""{"uri":"{{Watched}}"}""";

        string before = await client.CallTextAsync(Chain.Tool("touch_resource"), touch);
        await client.RequestAsync("resources/subscribe", touch);
        string between = await client.CallTextAsync(Chain.Tool("touch_resource"), touch);
        await client.RequestAsync("resources/unsubscribe", touch);

        (before, between).Should().Be(("nobody watches", "told"));
        using var limit = new CancellationTokenSource(GatewayHost.Patience);
        while (await client.CallTextAsync(Chain.Tool("touch_resource"), touch) != before) // the server works on messages side by side
        {
            limit.Token.ThrowIfCancellationRequested();
        }
    }

    [Theory]
    [InlineData(Sessions)]
    [InlineData(Stateless)]
    public async Task Question_ThatTheClientDidNotDeclare_IsNotPutToItAndEndsTheCall(string clientEra)
    {
        await using Chain chain = await Chain.StartAsync(Stateless, "stdio");
        var options = new McpClientOptions { Capabilities = new ClientCapabilities() };
        McpClient client = clientEra == Sessions ? await chain.Gateway.ConnectAsync(options: options) : await chain.Gateway.ConnectNewestAsync(options);

        Func<Task> call = () => client.CallTextAsync(Chain.Tool("test_missing_capability"));

        (await call.Should().ThrowAsync<ModelContextProtocol.McpProtocolException>()).Which.Message.Should().Contain("sampling");
    }

    [Fact]
    public async Task Question_OfAServerWithoutSessions_KeepsItsName()
    {
        await using Chain chain = await Chain.StartAsync(Stateless, "http");
        using RawMcp raw = RawMcp.Create(chain.Gateway.Host);
        string name = Chain.Tool("test_input_required_result_elicitation");

        using HttpResponseMessage response = await raw.SendAsync(
            HttpMethod.Post,
            $$$"""{"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"name":"{{{name}}}","arguments":{},"_meta":{"io.modelcontextprotocol/protocolVersion":"{{{Stateless}}}","io.modelcontextprotocol/clientCapabilities":{"elicitation":{} } } } }""",
            ("MCP-Protocol-Version", Stateless), ("Mcp-Method", "tools/call"), ("Mcp-Name", name));

        JsonNode asked = JsonNode.Parse(await response.Content.ReadAsStringAsync())!["result"]!;
        asked["inputRequests"]!.AsObject().Select(one => one.Key).Should().Equal("user_name");
    }

    private static IAsyncDisposable Hear(McpClient client, string method, SemaphoreSlim told) =>
        client.RegisterNotificationHandler(method, (_, _) => { told.Release(); return ValueTask.CompletedTask; });

    private static async Task<Task> ListenAsync(McpClient client, string era, CancellationToken stop)
    {
        if (era == Sessions)
        {
            await client.RequestAsync("resources/subscribe", $$"""{"uri":"{{Watched}}"}""");
            return Task.CompletedTask;
        }

        using var acknowledged = new SemaphoreSlim(0);
        await using IAsyncDisposable hearing = Hear(client, "notifications/subscriptions/acknowledged", acknowledged);
        Task listening = client.SendRequestAsync(
            new JsonRpcRequest
            {
                Method = "subscriptions/listen",
                Params = JsonNode.Parse($$$"""{"notifications":{"toolsListChanged":true,"promptsListChanged":true,"resourceSubscriptions":["{{{Watched}}}"]} }"""),
            },
            stop);
        (await acknowledged.WaitAsync(GatewayHost.Patience, CancellationToken.None)).Should().BeTrue();
        return listening;
    }

    private static Task<McpClient> ConnectAsync(GatewayHost gateway, string era)
    {
        var options = new McpClientOptions
        {
            Handlers = new McpClientHandlers
            {
                ElicitationHandler = (_, _) => ValueTask.FromResult(new ElicitResult
                {
                    Action = "accept",
                    Content = new[] { "username", "email", "name" }.ToDictionary(name => name, _ => JsonSerializer.SerializeToElement("ann")),
                }),
                SamplingHandler = (_, _, _) => ValueTask.FromResult(new CreateMessageResult { Model = "m", Role = Role.Assistant, Content = [new TextContentBlock { Text = "Paris" }] }),
                RootsHandler = (_, _) => ValueTask.FromResult(new ListRootsResult { Roots = [new Root { Uri = "file:///home/ann" }] }),
            },
        };
        return era == Sessions ? gateway.ConnectAsync(options: options) : gateway.ConnectNewestAsync(options);
    }

    private static async Task EventuallyAsync(Func<bool> condition)
    {
        using var limit = new CancellationTokenSource(GatewayHost.Patience);
        while (!condition())
        {
            await Task.Delay(10, limit.Token);
        }
    }

    /// <summary>A gateway in front of the fixture; where the fixture cannot speak the revision over HTTP, in front of another gateway that can.</summary>
    private sealed class Chain(GatewayHost gateway, IAsyncDisposable? behind) : IAsyncDisposable
    {
        public GatewayHost Gateway => gateway;

        public static async Task<Chain> StartAsync(string era, string transport)
        {
            McpServerConfig fixture = McpServerConfig.Stdio("fixture", "dotnet", [.. GatewayHost.Fixture().Arguments, era]);
            if (transport == "stdio")
            {
                return new Chain(await GatewayHost.StartAsync(fixture), null);
            }

            McpTransport over = transport == "sse" ? McpTransport.Sse : McpTransport.StreamableHttp;
            string path = transport == "sse" ? "/sse" : "/mcp";
            if (era == Sessions)
            {
                ChildServer server = await ChildServer.WeatherAsync(more: "--fixture");
                return new Chain(await GatewayHost.StartAsync(McpServerConfig.Http("fixture", new Uri(server.Url + path)) with { Transport = over }), server);
            }

            GatewayHost behind = await GatewayHost.StartAsync(fixture);
            McpServerConfig config = McpServerConfig.Http("fixture", new Uri(behind.Host.Address, $"{path}/fixture"));
            config = config with { Transport = over, Headers = config.Headers.Add("Authorization", $"Bearer {behind.Host.Key}") };
            return new Chain(await GatewayHost.StartAsync(config), behind);
        }

        /// <summary>Approves what a gateway behind has heard of by now.</summary>
        public Task ApproveBehindAsync() => behind is GatewayHost further ? further.ApproveAsync("fixture") : Task.CompletedTask;

        public static string Tool(string name) => $"fixture__{name}";

        public async ValueTask DisposeAsync()
        {
            await gateway.DisposeAsync();
            if (behind is not null)
            {
                await behind.DisposeAsync();
            }
        }
    }
}
