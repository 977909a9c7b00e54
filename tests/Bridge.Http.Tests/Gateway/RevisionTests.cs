using System.Text.Json.Nodes;
using Bridge.Http.Tests.Fixtures;
using ModelContextProtocol.Client;

namespace Bridge.Http.Tests.Gateway;

/// <summary>How the revision of a server over HTTP is found, spoken, and found anew.</summary>
public sealed class RevisionTests
{
    private const string Sessions = "2025-11-25", Stateless = "2026-07-28";

    [Fact]
    public async Task Request_ToAServerWithoutSessions_SaysEverythingInBodyAndHeaders()
    {
        await using RevisionUpstream upstream = await RevisionUpstream.StartAsync();
        upstream.Tools = """[{"name":"grüße","inputSchema":{"type":"object"}}]""";
        await using GatewayHost gateway = await GatewayHost.StartAsync(upstream.Config());
        McpClient client = await gateway.ConnectAsync();

        string tool = (await client.ListToolsAsync()).Single().Name;
        (await client.CallTextAsync(tool)).Should().Be("called");
        using RawMcp raw = await RawMcp.OpenAsync(gateway.Host);
        await raw.PostAsync("""{"jsonrpc":"2.0","id":5,"method":"resources/read","params":{"uri":"x://é"} }""");

        upstream.Of("initialize").Should().BeEmpty();
        upstream.Requests.Should().OnlyContain(request => request.Headers["MCP-Protocol-Version"] == Stateless && !request.Headers.ContainsKey("Mcp-Session-Id"));
        upstream.Requests.Should().OnlyContain(request => request.Headers["Mcp-Method"] == request.Message["method"]!.GetValue<string>());
        upstream.Of("tools/call").Single().Headers["Mcp-Name"].Should().Be("=?base64?Z3LDvMOfZQ==?=");
        upstream.Of("resources/read").Single().Headers["Mcp-Name"].Should().Be("=?base64?eDovL8Op?=");
        JsonNode meta = upstream.Of("tools/call").Single().Message["params"]!["_meta"]!;
        meta["io.modelcontextprotocol/clientInfo"]!["name"]!.GetValue<string>().Should().Be("bridge");
        meta["io.modelcontextprotocol/clientCapabilities"]!.AsObject().Should().BeEmpty("the client declared nothing");
    }

    [Theory]
    [InlineData(0, "")]
    [InlineData(200, "{}")]
    [InlineData(200, """{"jsonrpc":"2.0","id":"other","result":{}}""")]
    [InlineData(400, "no")]
    [InlineData(404, "<html>")]
    [InlineData(500, "<html>")]
    [InlineData(415, "")]
    [InlineData(400, """{"jsonrpc":"2.0","id":null,"error":{"code":-32600,"message":"no session"}}""")]
    [InlineData(400, """{"jsonrpc":"2.0","id":null,"error":{"code":-32022,"message":"no","data":{"supported":["2025-11-25"],"requested":"2026-07-28"}}}""")]
    public async Task Server_StrangeWhenAskedForItsRevision_IsSpokenWithInASession(int status, string body)
    {
        await using RevisionUpstream upstream = await RevisionUpstream.StartAsync();
        (upstream.Revision, upstream.Discover) = (Sessions, (status, body));
        await using GatewayHost gateway = await GatewayHost.StartAsync(upstream.Config() with { StartTimeout = TimeSpan.FromSeconds(20) });
        McpClient client = await gateway.ConnectAsync();

        (await client.CallTextAsync("up__echo")).Should().Be("called");
        upstream.Of("tools/call").Should().ContainSingle();
    }

    [Theory]
    [InlineData(Stateless, Sessions)]
    [InlineData(Sessions, Stateless)]
    public async Task Server_ThatChangesItsRevision_IsSpokenWithInTheOther(string before, string after)
    {
        await using RevisionUpstream upstream = await RevisionUpstream.StartAsync();
        upstream.Revision = before;
        await using GatewayHost gateway = await GatewayHost.StartAsync(upstream.Config());
        McpClient client = await gateway.ConnectAsync();
        (await client.CallTextAsync("up__echo")).Should().Be("called");

        upstream.Revision = after;

        (await client.CallTextAsync("up__echo")).Should().Be("called");
        upstream.Of("tools/call").Should().HaveCount(3, "one was refused with the revision, and did not run");
    }

    [Fact]
    public async Task Refusal_WithAStatus_ReachesTheClientWhole()
    {
        await using RevisionUpstream upstream = await RevisionUpstream.StartAsync();
        await using GatewayHost gateway = await GatewayHost.StartAsync(upstream.Config());
        using RawMcp raw = await RawMcp.OpenAsync(gateway.Host);

        JsonNode answer = (await raw.PostAsync("""{"jsonrpc":"2.0","id":5,"method":"completion/complete","params":{"ref":{"type":"ref/resource","uri":"x://é"},"argument":{"name":"a","value":""}}}""")).Last();

        answer["error"]!["code"]!.GetValue<int>().Should().Be(-32601, answer.ToJsonString());
        answer["error"]!["data"]!["asked"]!.GetValue<string>().Should().Be("completion/complete");
    }
}
