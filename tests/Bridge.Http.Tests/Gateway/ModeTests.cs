using System.Collections.Immutable;
using System.Text.Json.Nodes;
using Bridge.Audit;
using Bridge.Configuration;
using Bridge.Http.Tests.Fixtures;
using Microsoft.Extensions.DependencyInjection;
using ModelContextProtocol;
using ModelContextProtocol.Client;
using ModelContextProtocol.Protocol;

namespace Bridge.Http.Tests.Gateway;

/// <summary>How clients come to tools: by all definitions, by search, or by words.</summary>
public sealed class ModeTests
{
    [Theory]
    [InlineData("/mcp?mode=search", HttpTransportMode.StreamableHttp)]
    [InlineData("/sse?mode=search", HttpTransportMode.Sse)]
    public async Task Search_FindDescribeCall_LeadToTheTool(string path, HttpTransportMode mode)
    {
        await using GatewayHost gateway = await GatewayHost.StartAsync(GatewayHost.Calculator(), GatewayHost.Fixture());
        McpClient client = await gateway.ConnectAsync(path, mode: mode);

        IList<McpClientTool> tools = await client.ListToolsAsync();
        JsonNode found = await CallAsync(client, "find_tools", """{"query":"multiply two numbers","limit":3}""");
        JsonNode described = await CallAsync(client, "describe_tool", """{"name":"calculator__multiply"}""");
        JsonNode product = await CallAsync(client, "call_tool", """{"name":"calculator__multiply","arguments":{"a":6,"b":7}}""");

        tools.Select(tool => tool.Name).Should().Equal("find_tools", "describe_tool", "call_tool");
        tools[0].Description.Should().Contain("calculator, fixture");
        found["structuredContent"]!["tools"]!.AsArray().Should().HaveCount(3)
            .And.Contain(tool => tool!["name"]!.GetValue<string>() == "calculator__multiply");
        found["structuredContent"]!["total"]!.GetValue<int>().Should().BeGreaterThan(4);
        described["structuredContent"]!["inputSchema"]!["required"]!.AsArray().Should().HaveCount(2);
        Text(product).Should().Be("42");
    }

    [Fact]
    public async Task Search_CallOfAnInvalidOrUnknownTool_SaysWhatIsWrong()
    {
        await using GatewayHost gateway = await GatewayHost.StartAsync(GatewayHost.Calculator());
        McpClient client = await gateway.ConnectAsync("/mcp?mode=search");

        JsonNode invalid = await CallAsync(client, "call_tool", """{"name":"calculator__add","arguments":{"a":"2","b":3}}""");
        JsonNode unknown = await CallAsync(client, "call_tool", """{"name":"calculator__plus","arguments":{}}""");
        JsonNode misspelt = await CallAsync(client, "call_tool", """{"tool":"calculator__add"}""");

        new[] { invalid, unknown, misspelt }.Should().AllSatisfy(answer => IsError(answer).Should().BeTrue());
        Text(invalid).Should().Contain("calculator/add").And.Contain("'a'");
        Text(unknown).Should().Contain("find_tools");
        Text(misspelt).Should().Contain("'name'");
        await FluentActions.Awaiting(() => CallAsync(client, "calculator__add", """{"a":2,"b":3}""")).Should().ThrowAsync<McpProtocolException>();
    }

    [Fact]
    [Trait("Attack", "R3")]
    public async Task Search_InnerCall_TakesTheOneDoorUnderItsOwnName()
    {
        await using GatewayHost gateway = await GatewayHost.StartAsync(
            options => options.Tools["calculator/divide"] = new ToolOptions { Deny = true }, GatewayHost.Calculator());
        McpClient client = await gateway.ConnectAsync("/mcp?mode=search");

        JsonNode denied = await CallAsync(client, "call_tool", """{"name":"calculator__divide","arguments":{"a":6,"b":3}}""");
        await CallAsync(client, "call_tool", """{"name":"calculator__add","arguments":{"a":6,"b":3}}""");

        IsError(denied).Should().BeTrue();
        ImmutableArray<AuditRecord> records = Records(gateway);
        records.Should().Contain(entry => entry.Tool == "calculator/divide" && entry.Reason == "policy_denied")
            .And.Contain(entry => entry.Tool == "calculator/add" && entry.Status == "succeeded");
        records.Should().OnlyContain(entry => entry.Tool.StartsWith("calculator/"));
    }

    [Fact]
    public async Task Router_WordsThatFitATool_CallItAndReturnItsResult()
    {
        await using GatewayHost gateway = await GatewayHost.StartAsync(GatewayHost.Calculator());
        McpClient client = await gateway.ConnectAsync("/mcp?mode=router");

        IList<McpClientTool> tools = await client.ListToolsAsync();
        JsonNode answer = await CallAsync(client, "do_with_tools", """{"request":"Add 2 to 3 using available tools."}""");

        tools.Select(tool => tool.Name).Should().Equal("do_with_tools");
        IsError(answer).Should().BeFalse();
        Text(answer).Should().Be("5");
        answer["structuredContent"]!["outcome"]!.GetValue<string>().Should().Be("called");
        JsonNode call = answer["structuredContent"]!["calls"]!.AsArray().Single()!;
        call["tool"]!.GetValue<string>().Should().Be("calculator/add");
        call["arguments"]!.AsObject().Select(argument => (double)argument.Value!).Should().BeEquivalentTo([2.0, 3.0]);
        Records(gateway).Should()
            .Contain(entry => entry.Tool == "calculator/add" && entry.Caller == "embedded" && entry.Origin == "prompt");
    }

    [Fact]
    public async Task Router_WordsThatFitNoTool_SayThatNothingWasDone()
    {
        await using GatewayHost gateway = await GatewayHost.StartAsync(GatewayHost.Calculator());
        McpClient client = await gateway.ConnectAsync("/mcp?mode=router");

        JsonNode answer = await CallAsync(client, "do_with_tools", """{"request":"Tell me a story about a fox."}""");

        IsError(answer).Should().BeFalse();
        answer["structuredContent"]!["outcome"]!.GetValue<string>().Should().Be("no_call");
        answer["structuredContent"]!["calls"]!.AsArray().Should().BeEmpty();
        Text(answer).Should().Contain("nothing was done");
    }

    [Fact]
    public async Task Router_ToolThatNeedsApproval_SaysHowToApprove()
    {
        await using GatewayHost gateway = await GatewayHost.StartAsync(
            options => options.Tools["calculator/add"] = new ToolOptions { Approval = ApprovalRule.Ask }, GatewayHost.Calculator());
        McpClient client = await gateway.ConnectAsync("/mcp?mode=router");

        JsonNode answer = await CallAsync(client, "do_with_tools", """{"request":"Add 2 to 3 using available tools."}""");

        IsError(answer).Should().BeTrue();
        answer["structuredContent"]!["outcome"]!.GetValue<string>().Should().Be("needs_approval");
        Text(answer).Should().Contain("approve this call").And.Contain("calculator/add");
    }

    [Fact]
    public async Task Router_ClientThatCanBeAsked_Approves()
    {
        await using GatewayHost gateway = await GatewayHost.StartAsync(
            options => options.Tools["calculator/add"] = new ToolOptions { Approval = ApprovalRule.Ask }, GatewayHost.Calculator());
        var asked = new McpClientOptions
        {
            Handlers = new McpClientHandlers
            {
                ElicitationHandler = (_, _) => ValueTask.FromResult(new ElicitResult
                {
                    Action = "accept",
                    Content = new Dictionary<string, System.Text.Json.JsonElement> { ["allow"] = System.Text.Json.JsonElement.Parse("true") },
                }),
            },
        };
        McpClient client = await gateway.ConnectAsync("/mcp?mode=router", asked);

        JsonNode answer = await CallAsync(client, "do_with_tools", """{"request":"Add 2 to 3 using available tools."}""");

        Text(answer).Should().Be("5");
    }

    [Fact]
    public async Task Mode_Configured_IsThatOfClientsThatDoNotSay()
    {
        await using GatewayHost gateway = await GatewayHost.StartAsync(
            options =>
            {
                options.Gateway.Mode = GatewayMode.Search;
                options.Gateway.Clients.Add(new GatewayClientOptions { Client = "local", Mode = GatewayMode.Router });
            },
            GatewayHost.Calculator());
        string key = (await gateway.Host.Keys.CreateAsync("agent", ["prompts"], null, CancellationToken.None)).Text;

        string[] everybody = await NamesAsync(await gateway.ConnectAsync(key: key));
        string[] local = await NamesAsync(await gateway.ConnectAsync());
        string[] asked = await NamesAsync(await gateway.ConnectAsync("/mcp?mode=all"));

        everybody.Should().Equal("find_tools", "describe_tool", "call_tool");
        local.Should().Equal("do_with_tools");
        asked.Should().HaveCount(4);
    }

    [Fact]
    public async Task Mode_ThatIsNone_IsRefusedWithThoseThereAre()
    {
        await using GatewayHost gateway = await GatewayHost.StartAsync();
        using RawMcp raw = RawMcp.Create(gateway.Host, "/mcp?mode=quick");

        using HttpResponseMessage answer = await raw.SendAsync(HttpMethod.Post, """{"jsonrpc":"2.0","id":1,"method":"ping"}""");

        ((int)answer.StatusCode).Should().Be(400);
        (await answer.Content.ReadAsStringAsync()).Should().Contain("'all', 'search', 'router'".Replace("'", "\\u0027"));
    }

    [Fact]
    public async Task Search_WithoutSession_IsTheSame()
    {
        await using GatewayHost gateway = await GatewayHost.StartAsync(GatewayHost.Calculator());
        McpClient client = await gateway.ConnectNewestAsync(new McpClientOptions(), "/mcp?mode=search");

        (await client.ListToolsAsync()).Should().HaveCount(3);
        Text(await CallAsync(client, "call_tool", """{"name":"calculator__add","arguments":{"a":2,"b":3}}""")).Should().Be("5");
    }

    [Fact]
    public async Task Search_ToolOfAKnownServerAdded_TellsNobody()
    {
        await using TestKit.ChildServer weather = await TestKit.ChildServer.WeatherAsync();
        await using GatewayHost gateway = await GatewayHost.StartAsync(Mcp.Configuration.McpServerConfig.Http("weather", new Uri($"{weather.Url}/mcp")));
        McpClient searching = await gateway.ConnectAsync("/mcp?mode=search"), listing = await gateway.ConnectAsync();
        using var told = new SemaphoreSlim(0);
        bool searchingTold = false;
        searching.RegisterNotificationHandler("notifications/tools/list_changed", (_, _) => { searchingTold = true; return ValueTask.CompletedTask; });
        listing.RegisterNotificationHandler("notifications/tools/list_changed", (_, _) => { told.Release(); return ValueTask.CompletedTask; });
        await searching.ListToolsAsync();
        await listing.ListToolsAsync();

        await CallAsync(searching, "call_tool", """{"name":"weather__enable_alerts"}""");

        (await told.WaitAsync(GatewayHost.Patience)).Should().BeTrue();
        await gateway.ApproveAsync("weather");
        (await CallAsync(searching, "find_tools", """{"query":"alerts"}""")).ToJsonString().Should().Contain("weather__get_alerts");
        searchingTold.Should().BeFalse("its three tools are the same");
    }

    private static Task<JsonNode> CallAsync(McpClient client, string tool, string arguments) =>
        client.RequestAsync("tools/call", $$"""{"name":"{{tool}}","arguments":{{arguments}}}""");

    private static async Task<string[]> NamesAsync(McpClient client) => [.. (await client.ListToolsAsync()).Select(tool => tool.Name)];

    private static ImmutableArray<AuditRecord> Records(GatewayHost gateway) =>
        ((InMemoryAuditLog)gateway.Host.App.Services.GetRequiredService<IAuditLog>()).Records;

    private static string Text(JsonNode result) => result["content"]![0]!["text"]!.GetValue<string>();

    private static bool IsError(JsonNode result) => result["isError"]?.GetValue<bool>() == true;
}
