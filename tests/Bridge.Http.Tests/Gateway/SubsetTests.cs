using System.Text.Json.Nodes;
using Bridge.Configuration;
using Bridge.Hosting;
using Bridge.Http.Tests.Fixtures;
using Bridge.TestKit;
using ModelContextProtocol;
using ModelContextProtocol.Client;

namespace Bridge.Http.Tests.Gateway;

/// <summary>Clients that see some of the tools.</summary>
public sealed class SubsetTests
{
    [Fact]
    public async Task List_SubsetOfTheRequest_IsListedAndCallableAlone()
    {
        await using GatewayHost gateway = await GatewayHost.StartAsync(GatewayHost.Calculator(), GatewayHost.Fixture());
        McpClient client = await gateway.ConnectAsync("/mcp?tools=calculator/add,calculator/s*");

        (await NamesAsync(client)).Should().Equal("calculator__add", "calculator__subtract");
        (await client.CallTextAsync("calculator__add", """{"a":2,"b":3}""")).Should().Be("5");
        await FluentActions.Awaiting(() => client.CallTextAsync("calculator__divide", """{"a":6,"b":3}""")).Should().ThrowAsync<McpProtocolException>();
        (await client.ListPromptsAsync()).Should().BeEmpty("no tool of 'fixture' is chosen, so nothing of it is shown");
    }

    [Theory]
    [InlineData("?mode=search")]
    [InlineData("?mode=router")]
    public async Task Call_SubsetInAnotherMode_HoldsThereToo(string mode)
    {
        await using GatewayHost gateway = await GatewayHost.StartAsync(GatewayHost.Calculator());
        McpClient client = await gateway.ConnectAsync($"/mcp{mode}&tools=calculator/multiply");
        string call = mode == "?mode=search"
            ? """{"name":"call_tool","arguments":{"name":"calculator__add","arguments":{"a":2,"b":3} } }"""
            : """{"name":"do_with_tools","arguments":{"request":"Add 2 to 3 using available tools."} }""";

        JsonNode answer = await client.RequestAsync("tools/call", call);

        answer.ToJsonString().Should().NotContain("\"5\"").And.NotContain("calculator/add");
    }

    [Fact]
    [Trait("Attack", "S4")]
    public async Task List_SubsetOfTheClient_IsNotWidenedByItsRequest()
    {
        await using GatewayHost gateway = await GatewayHost.StartAsync(
            options => options.Gateway.Clients.Add(new GatewayClientOptions { Client = "key:*", Tools = { "calculator/add", "calculator/divide" } }),
            GatewayHost.Calculator());
        string key = (await gateway.Host.Keys.CreateAsync("agent", ["prompts"], null, CancellationToken.None)).Text;

        (await NamesAsync(await gateway.ConnectAsync(key: key))).Should().Equal("calculator__add", "calculator__divide");
        (await NamesAsync(await gateway.ConnectAsync("/mcp?tools=*", key: key))).Should().Equal("calculator__add", "calculator__divide");
        (await NamesAsync(await gateway.ConnectAsync("/mcp?tools=*/add,*/multiply", key: key))).Should().Equal("calculator__add");
        (await NamesAsync(await gateway.ConnectAsync())).Should().HaveCount(4);
    }

    [Fact]
    public async Task Session_OfAnotherSubset_IsNotFound()
    {
        await using GatewayHost gateway = await GatewayHost.StartAsync(GatewayHost.Calculator());
        using RawMcp narrow = await RawMcp.OpenAsync(gateway.Host, "/mcp?tools=calculator/add");
        using RawMcp wide = RawMcp.Create(gateway.Host);
        wide.UseSession(narrow.SessionId);

        using HttpResponseMessage answer = await wide.SendAsync(HttpMethod.Post, """{"jsonrpc":"2.0","id":1,"method":"tools/list"}""");

        ((int)answer.StatusCode).Should().Be(404);
    }

    [Fact]
    [Trait("Attack", "S4")]
    public async Task List_ToolThatConfigurationDenies_IsLeftOutAndACallSaysWhy()
    {
        await using GatewayHost gateway = await GatewayHost.StartAsync(
            options => options.Tools["calculator/divide"] = new ToolOptions { Deny = true }, GatewayHost.Calculator());
        McpClient client = await gateway.ConnectAsync();

        (await NamesAsync(client)).Should().Equal("calculator__add", "calculator__subtract", "calculator__multiply");
        (await client.CallTextAsync("calculator__divide", """{"a":6,"b":3}""")).Should().Contain("forbids");
    }

    [Fact]
    public async Task List_PolicyThatChanges_IsToldAndHoldsForItsClients()
    {
        using var folder = new TemporaryFolder();
        string file = Path.Combine(folder.Path, "policy.json");
        await File.WriteAllTextAsync(file, """{ "rules": [] }""");
        await using GatewayHost gateway = await GatewayHost.StartAsync(
            static _ => { }, static _ => { }, bridge => bridge.WithPolicy(file), GatewayHost.Calculator());
        string key = (await gateway.Host.Keys.CreateAsync("agent", ["prompts"], null, CancellationToken.None)).Text;
        McpClient local = await gateway.ConnectAsync(), agent = await gateway.ConnectAsync(key: key);
        using var changed = new SemaphoreSlim(0);
        agent.RegisterNotificationHandler("notifications/tools/list_changed", (_, _) => { changed.Release(); return ValueTask.CompletedTask; });
        (await NamesAsync(agent)).Should().HaveCount(4);

        await File.WriteAllTextAsync(file, """
            { "rules": [
              { "tool": "calculator/divide", "clients": "key:*", "effect": "deny" },
              { "tool": "calculator/add", "clients": "key:*", "when": { "/a": { "minimum": 100 } }, "effect": "deny", "reason": "Too much." }
            ] }
            """);

        (await changed.WaitAsync(GatewayHost.Patience)).Should().BeTrue();
        (await NamesAsync(agent)).Should().Equal("calculator__add", "calculator__subtract", "calculator__multiply");
        (await agent.CallTextAsync("calculator__add", """{"a":2,"b":3}""")).Should().Be("5");
        (await agent.CallTextAsync("calculator__add", """{"a":200,"b":3}""")).Should().Be("Too much.");
        (await NamesAsync(local)).Should().HaveCount(4);
        (await local.CallTextAsync("calculator__divide", """{"a":6,"b":3}""")).Should().Be("2");
    }

    private static async Task<string[]> NamesAsync(McpClient client) => [.. (await client.ListToolsAsync()).Select(tool => tool.Name)];
}
