using System.Text.Json.Nodes;
using Bridge.Configuration;
using Bridge.Http.Tests.Fixtures;
using ModelContextProtocol;
using ModelContextProtocol.Client;

namespace Bridge.Http.Tests.Gateway;

/// <summary>Tools of several servers through one, as the SDK's client and as raw messages see them.</summary>
public sealed class ToolTests
{
    [Theory]
    [InlineData("/mcp", HttpTransportMode.StreamableHttp)]
    [InlineData("/sse", HttpTransportMode.Sse)]
    public async Task Call_ToolOfOneOfTwoServers_ReachesIt(string path, HttpTransportMode mode)
    {
        await using GatewayHost gateway = await GatewayHost.StartAsync(GatewayHost.Calculator(), GatewayHost.Calculator("other"));
        McpClient client = await gateway.ConnectAsync(path, mode: mode);

        IList<McpClientTool> tools = await client.ListToolsAsync();
        string sum = await client.CallTextAsync("other__add", """{"a":2,"b":3}""");

        tools.Select(tool => tool.Name).Should().Equal(
            "calculator__add", "calculator__subtract", "calculator__multiply", "calculator__divide",
            "other__add", "other__subtract", "other__multiply", "other__divide");
        sum.Should().Be("5");
        client.ServerInfo!.Name.Should().Be("bridge");
    }

    [Fact]
    public async Task List_DefinitionWithMembersNobodyKnows_IsTheServersOwn()
    {
        await using GatewayHost gateway = await GatewayHost.StartAsync(GatewayHost.Fixture());
        McpClient client = await gateway.ConnectAsync();

        JsonNode listed = await client.RequestAsync("tools/list");

        JsonNode tool = listed["tools"]!.AsArray().Single(entry => entry!["name"]!.GetValue<string>() == "fixture__double")!;
        tool["_meta"]!["fixture/extra"]!.GetValue<string>().Should().Be("kept");
        tool["icons"]![0]!["src"]!.GetValue<string>().Should().Be("https://example.org/icon.png");
    }

    [Fact]
    public async Task List_OneServersAddress_HasItsOwnNamesAndWords()
    {
        await using GatewayHost gateway = await GatewayHost.StartAsync(GatewayHost.Fixture(), GatewayHost.Calculator());
        McpClient client = await gateway.ConnectAsync("/mcp/calculator");

        (await client.ListToolsAsync()).Select(tool => tool.Name).Should().Equal("add", "subtract", "multiply", "divide");
        (await client.CallTextAsync("add", """{"a":2,"b":3}""")).Should().Be("5");
        client.ServerCapabilities.Prompts.Should().BeNull();
        await FluentActions.Awaiting(() => gateway.ConnectAsync("/mcp/nobody")).Should().ThrowAsync<HttpRequestException>();
    }

    [Fact]
    public async Task List_SmallPages_AreReadToTheEnd()
    {
        await using GatewayHost gateway = await GatewayHost.StartAsync(options => options.Gateway.PageSize = 3, GatewayHost.Calculator());
        McpClient client = await gateway.ConnectAsync();

        JsonNode first = await client.RequestAsync("tools/list");
        JsonNode second = await client.RequestAsync("tools/list", $$"""{"cursor":"{{first["nextCursor"]}}"}""");

        first["tools"]!.AsArray().Should().HaveCount(3);
        second["tools"]![0]!["name"]!.GetValue<string>().Should().Be("calculator__divide");
        second["nextCursor"].Should().BeNull();
        (await FluentActions.Awaiting(() => client.RequestAsync("tools/list", """{"cursor":"x"}""")).Should().ThrowAsync<McpProtocolException>())
            .Which.ErrorCode.Should().Be(McpErrorCode.InvalidParams);
    }

    [Fact]
    public async Task Call_InvalidArguments_IsAnErrorTheModelCanActOn()
    {
        await using GatewayHost gateway = await GatewayHost.StartAsync(GatewayHost.Calculator());
        McpClient client = await gateway.ConnectAsync();

        JsonNode result = await client.RequestAsync("tools/call", """{"name":"calculator__add","arguments":{"a":"2","b":3}}""");

        result["isError"]!.GetValue<bool>().Should().BeTrue();
        result["content"]![0]!["text"]!.GetValue<string>().Should().Contain("calculator/add").And.Contain("'a'");
    }

    [Fact]
    public async Task Call_DeniedByPolicy_DoesNotReachTheServer()
    {
        await using GatewayHost gateway = await GatewayHost.StartAsync(
            options => options.Tools["calculator/add"] = new ToolOptions { Deny = true }, GatewayHost.Calculator());
        McpClient client = await gateway.ConnectAsync();

        JsonNode result = await client.RequestAsync("tools/call", """{"name":"calculator__add","arguments":{"a":2,"b":3}}""");

        result["isError"]!.GetValue<bool>().Should().BeTrue();
        (await client.CallTextAsync("calculator__subtract", """{"a":2,"b":3}""")).Should().Be("-1");
    }

    [Fact]
    public async Task Call_UnknownTool_IsInvalidParams()
    {
        await using GatewayHost gateway = await GatewayHost.StartAsync(GatewayHost.Calculator());
        McpClient client = await gateway.ConnectAsync();

        (await FluentActions.Awaiting(() => client.RequestAsync("tools/call", """{"name":"add","arguments":{}}""")).Should().ThrowAsync<McpProtocolException>())
            .Which.ErrorCode.Should().Be(McpErrorCode.InvalidParams);
    }

    [Fact]
    public async Task Call_Progress_ArrivesInOrderWithEveryMemberBeforeTheAnswer()
    {
        await using GatewayHost gateway = await GatewayHost.StartAsync(GatewayHost.Fixture());
        using RawMcp raw = await RawMcp.OpenAsync(gateway.Host);

        JsonNode[] events = await raw.PostAsync("""{"jsonrpc":"2.0","id":7,"method":"tools/call","params":{"name":"fixture__test_tool_with_progress","arguments":{"steps":100},"_meta":{"progressToken":"mine"}}}""");

        events.Should().HaveCount(101);
        events[..100].Select(one => one["params"]!["x-extra"]!.GetValue<int>()).Should().Equal(Enumerable.Range(0, 100));
        events[..100].Should().AllSatisfy(one => one["params"]!["progressToken"]!.GetValue<string>().Should().Be("mine"));
        events[100]["id"]!.GetValue<int>().Should().Be(7);
    }

    [Fact]
    public async Task Call_Meta_ReachesTheServerUntouched()
    {
        await using GatewayHost gateway = await GatewayHost.StartAsync(GatewayHost.Fixture());
        McpClient client = await gateway.ConnectAsync();

        JsonNode result = await client.RequestAsync("tools/call", """{"name":"fixture__show_meta","arguments":{},"_meta":{"traceparent":"00-1","other":{"a":[1]}}}""");

        JsonNode.Parse(result["content"]![0]!["text"]!.GetValue<string>())!.ToJsonString().Should().Be("""{"traceparent":"00-1","other":{"a":[1]}}""");
    }

    [Fact]
    public async Task Call_CancelledByTheClient_IsCancelledOnTheServer()
    {
        await using TestKit.ChildServer weather = await TestKit.ChildServer.WeatherAsync();
        await using GatewayHost gateway = await GatewayHost.StartAsync(Mcp.Configuration.McpServerConfig.Http("weather", new Uri($"{weather.Url}/mcp")));
        using RawMcp raw = await RawMcp.OpenAsync(gateway.Host);
        using var http = new HttpClient();

        Task<JsonNode[]> call = raw.PostAsync("""{"jsonrpc":"2.0","id":"slow","method":"tools/call","params":{"name":"weather__slow_report","arguments":{"steps":1000,"delayMs":1000}}}""");
        await http.GetStringAsync(new Uri($"{weather.Url}/began")).WaitAsync(GatewayHost.Patience);
        await raw.PostAsync("""{"jsonrpc":"2.0","method":"notifications/cancelled","params":{"requestId":"slow"}}""");

        (await call.WaitAsync(GatewayHost.Patience)).Should().BeEmpty("a cancelled request has no answer");
        await http.GetStringAsync(new Uri($"{weather.Url}/cancelled")).WaitAsync(GatewayHost.Patience);
    }

    [Fact]
    public async Task List_ChangedUpstream_IsToldToEveryClientThatListed()
    {
        await using TestKit.ChildServer weather = await TestKit.ChildServer.WeatherAsync();
        await using GatewayHost gateway = await GatewayHost.StartAsync(Mcp.Configuration.McpServerConfig.Http("weather", new Uri($"{weather.Url}/mcp")));
        using var changed = new SemaphoreSlim(0);
        McpClient[] clients = [await gateway.ConnectAsync(), await gateway.ConnectAsync("/sse", mode: HttpTransportMode.Sse)];
        foreach (McpClient client in clients)
        {
            client.RegisterNotificationHandler("notifications/tools/list_changed", (_, _) => { changed.Release(); return ValueTask.CompletedTask; });
            await client.ListToolsAsync();
        }

        await clients[0].CallTextAsync("weather__enable_alerts");

        (await changed.WaitAsync(GatewayHost.Patience)).Should().BeTrue();
        (await changed.WaitAsync(GatewayHost.Patience)).Should().BeTrue();
        await gateway.ApproveAsync("weather");
        (await clients[1].ListToolsAsync()).Select(tool => tool.Name).Should().Contain("weather__get_alerts");
    }
}
