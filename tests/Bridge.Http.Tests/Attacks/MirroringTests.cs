using System.Net;
using System.Text.Json.Nodes;
using Bridge.Http.Tests.Fixtures;
using ModelContextProtocol.Client;

namespace Bridge.Http.Tests.Attacks;

/// <summary>Arguments that headers repeat: towards servers, and of clients.</summary>
public sealed class MirroringTests
{
    private const string Revision = "2026-07-28", Mirrored = "fixture__test_mirrored";

    [Fact]
    public async Task Call_AnnotatedArguments_AreSaidInHeadersAndNoOthers()
    {
        await using RevisionUpstream upstream = await RevisionUpstream.StartAsync();
        upstream.Tools = Tools("""{"region":{"type":"string","x-mcp-header":"Region"},"count":{"type":"integer","x-mcp-header":"Count"},"dry":{"type":"boolean","x-mcp-header":"Dry"},"gone":{"type":["string","null"],"x-mcp-header":"Gone"},"query":{"type":"string"}}""");
        await using GatewayHost gateway = await GatewayHost.StartAsync(upstream.Config() with { Headers = upstream.Config().Headers.Add("Mcp-Param-Gone", "configured").Add("X-Mine", "kept") });
        McpClient client = await gateway.ConnectAsync();

        (await client.CallTextAsync("up__t", """{"region":"Hello, 世界","count":42.0,"dry":false,"gone":null,"query":"SELECT\r\nX-Evil: 1"}""")).Should().Be("called");

        IReadOnlyDictionary<string, string> headers = upstream.Of("tools/call").Single().Headers;
        headers.Where(header => header.Key.StartsWith("Mcp-Param-", StringComparison.OrdinalIgnoreCase)).Should().BeEquivalentTo(new Dictionary<string, string>
        {
            ["Mcp-Param-Region"] = "=?base64?SGVsbG8sIOS4lueVjA==?=",
            ["Mcp-Param-Count"] = "42",
            ["Mcp-Param-Dry"] = "false",
        });
        headers["X-Mine"].Should().Be("kept");
    }

    [Fact]
    [Trait("Attack", "M2")]
    public async Task M2_Call_ServerWantsOtherHeadersSince_IsListedAgainAndRunsOnceApproved()
    {
        await using RevisionUpstream upstream = await RevisionUpstream.StartAsync();
        upstream.Tools = Tools("""{"a":{"type":"string","x-mcp-header":"Region"}}""");
        upstream.Lifetime = """ "ttlMs":3600000,"cacheScope":"public" """;
        await using GatewayHost gateway = await GatewayHost.StartAsync(upstream.Config());
        McpClient client = await gateway.ConnectAsync();
        (await client.CallTextAsync("up__t", """{"a":"eu"}""")).Should().Be("called");
        (upstream.Tools, upstream.Wanted) = (Tools("""{"a":{"type":"string","x-mcp-header":"Zone"}}"""), "Mcp-Param-Zone");

        string first = await client.CallTextAsync("up__t", """{"a":"eu"}""");
        string second = await client.CallTextAsync("up__t", """{"a":"eu"}""");
        int sent = upstream.Of("tools/call").Length;
        await gateway.ApproveAsync("up");
        string third = await client.CallTextAsync("up__t", """{"a":"eu"}""");

        first.Should().Contain("no Mcp-Param-Zone").And.Contain("did not run").And.Contain("call it again");
        second.Should().Contain("definition of the tool 'up/t' changed", "a new definition is looked at before anything is sent again");
        (sent, upstream.Of("tools/list").Length).Should().Be((2, 2));
        third.Should().Be("called");
        upstream.Of("tools/call")[^1].Headers["Mcp-Param-Zone"].Should().Be("eu");
    }

    [Theory]
    [InlineData("Authorization")]
    [InlineData("Host")]
    [InlineData("Mcp-Method")]
    [InlineData("Mcp-Session-Id")]
    [InlineData("Content-Length")]
    [Trait("Attack", "B4")]
    public async Task B4_Call_NameOfAnotherHeader_ReplacesNothing(string name)
    {
        await using RevisionUpstream upstream = await RevisionUpstream.StartAsync();
        upstream.Tools = Tools($$"""{"a":{"type":"string","x-mcp-header":"{{name}}"} }""");
        await using GatewayHost gateway = await GatewayHost.StartAsync(upstream.Config() with { Headers = upstream.Config().Headers.Add("Authorization", "Bearer mine") });
        McpClient client = await gateway.ConnectAsync();

        (await client.CallTextAsync("up__t", """{"a":"evil"}""")).Should().Be("called");

        IReadOnlyDictionary<string, string> headers = upstream.Of("tools/call").Single().Headers;
        headers[$"Mcp-Param-{name}"].Should().Be("evil");
        headers["Authorization"].Should().Be("Bearer mine");
        headers["Mcp-Method"].Should().Be("tools/call");
        headers.GetValueOrDefault(name, "").Should().NotContain("evil");
    }

    [Fact]
    [Trait("Attack", "B4")]
    public async Task B4_List_ToolsWithAnnotationsThatAreNotAllowed_AreLeftOutAlone()
    {
        await using RevisionUpstream upstream = await RevisionUpstream.StartAsync();
        upstream.Tools = """
            [
              {"name":"valid","inputSchema":{"type":"object","properties":{"a":{"type":"string","x-mcp-header":"A"}}}},
              {"name":"empty","inputSchema":{"type":"object","properties":{"a":{"type":"string","x-mcp-header":""}}}},
              {"name":"line","inputSchema":{"type":"object","properties":{"a":{"type":"string","x-mcp-header":"A\r\nX-Evil"}}}},
              {"name":"number","inputSchema":{"type":"object","properties":{"a":{"type":"number","x-mcp-header":"A"}}}},
              {"name":"items","inputSchema":{"type":"object","properties":{"a":{"type":"array","items":{"type":"string","x-mcp-header":"A"}}}}},
              {"name":"twice","inputSchema":{"type":"object","properties":{"a":{"type":"string","x-mcp-header":"A"},"b":{"type":"string","x-mcp-header":"a"}}}}
            ]
            """;
        await using GatewayHost gateway = await GatewayHost.StartAsync(upstream.Config());
        McpClient client = await gateway.ConnectAsync();

        (await client.ListToolsAsync()).Select(tool => tool.Name).Should().Equal("up__valid");
        Func<Task> call = () => client.CallTextAsync("up__number", """{"a":1}""");

        await call.Should().ThrowAsync<ModelContextProtocol.McpProtocolException>();
        upstream.Of("tools/call").Should().BeEmpty();
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    [Trait("Attack", "B5")]
    public async Task B5_Call_SecretThatAToolWantsInAHeader_IsSentWhereConfigurationAllows(bool allowed)
    {
        await using RevisionUpstream upstream = await RevisionUpstream.StartAsync();
        upstream.Tools = Tools("""{"apiKey":{"type":"string","x-mcp-header":"Key"},"password":{"type":"string"}}""");
        await using GatewayHost gateway = await GatewayHost.StartAsync(upstream.Config() with { SecretsInHeaders = allowed });
        using RawMcp raw = await RawMcp.OpenAsync(gateway.Host);

        await raw.PostAsync("""{"jsonrpc":"2.0","id":3,"method":"tools/call","params":{"name":"up__t","arguments":{"apiKey":"k1","password":"p1"}}}""");

        string[] headers = [.. upstream.Of("tools/call").SelectMany(call => call.Headers).Where(header => header.Value is "k1" or "p1").Select(header => header.Key)];
        headers.Should().Equal(allowed ? ["Mcp-Param-Key"] : []);
    }

    [Theory]
    [InlineData("eu", 200)]
    [InlineData("=?base64?ZXU=?=", 200)]
    [InlineData("us", 400)]
    [InlineData("=?base64?ZXU?=", 400)]
    [InlineData(null, 400)]
    [Trait("Attack", "B4")]
    public async Task B4_Post_HeaderOfAParameter_MustSayWhatTheArgumentSays(string? header, int status)
    {
        await using GatewayHost gateway = await GatewayHost.StartAsync(GatewayHost.Fixture());
        using RawMcp raw = RawMcp.Create(gateway.Host);

        using HttpResponseMessage response = await raw.SendAsync(HttpMethod.Post, Message(Mirrored, """{"region":"eu"}"""), Headers(Mirrored, header));

        JsonNode answer = JsonNode.Parse(await response.Content.ReadAsStringAsync())!;
        ((int)response.StatusCode).Should().Be(status);
        answer["error"]?["code"]?.GetValue<int>().Should().Be(-32020);
        (answer["error"] is null).Should().Be(status == 200);
    }

    [Fact]
    [Trait("Attack", "B4")]
    public async Task B4_Post_AgainWithAnswersAndAnotherHeader_EndsTheCall()
    {
        await using RevisionUpstream upstream = await RevisionUpstream.StartAsync();
        upstream.Tools = Tools("""{"region":{"type":"string","x-mcp-header":"Region"}}""");
        upstream.Call = """{"resultType":"input_required","inputRequests":{"who":{"method":"elicitation/create","params":{"message":"who?","requestedSchema":{"type":"object","properties":{}}}}},"requestState":"s"}""";
        await using GatewayHost gateway = await GatewayHost.StartAsync(upstream.Config());
        using RawMcp raw = RawMcp.Create(gateway.Host);

        using HttpResponseMessage first = await raw.SendAsync(HttpMethod.Post, Message("up__t", """{"region":"eu"}"""), Headers("up__t", "eu"));
        string state = JsonNode.Parse(await first.Content.ReadAsStringAsync())!["result"]!["requestState"]!.GetValue<string>();
        string more = $$""","requestState":"{{state}}","inputResponses":{"who":{"action":"accept","content":{} } }""";
        using HttpResponseMessage moved = await raw.SendAsync(HttpMethod.Post, Message("up__t", """{"region":"eu"}""", more), Headers("up__t", "us"));
        using HttpResponseMessage again = await raw.SendAsync(HttpMethod.Post, Message("up__t", """{"region":"eu"}""", more), Headers("up__t", "eu"));

        moved.StatusCode.Should().Be(HttpStatusCode.BadRequest);
        JsonNode.Parse(await again.Content.ReadAsStringAsync())!["error"]!["code"]!.GetValue<int>().Should().Be(-32602, "the state is spent");
        upstream.Of("tools/call").Should().ContainSingle();
    }

    [Fact]
    public async Task Client_ThatRepeatsArguments_CallsThroughTwoGateways()
    {
        await using GatewayHost behind = await GatewayHost.StartAsync(GatewayHost.Fixture());
        await using GatewayHost front = await GatewayHost.StartAsync(Over(behind));
        McpClient client = await front.ConnectNewestAsync(new McpClientOptions());
        await client.ListToolsAsync();

        (await client.CallToolAsync("fixture__test_mirrored", new Dictionary<string, object?> { ["region"] = "Zürich", ["count"] = 3 })).Content.Should().ContainSingle()
            .Which.Should().BeOfType<ModelContextProtocol.Protocol.TextContentBlock>().Which.Text.Should().Be("Zürich 3");
    }

    private static Mcp.Configuration.McpServerConfig Over(GatewayHost behind)
    {
        var over = Mcp.Configuration.McpServerConfig.Http("fixture", new Uri(behind.Host.Address, "/mcp/fixture"));
        return over with { Transport = Mcp.Configuration.McpTransport.StreamableHttp, Headers = over.Headers.Add("Authorization", $"Bearer {behind.Host.Key}") };
    }

    private static string Tools(string properties) => $$"""[{"name":"t","inputSchema":{"type":"object","properties":{{properties}} } }]""";

    private static string Message(string tool, string arguments, string more = "") =>
        $$$"""{"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"name":"{{{tool}}}","arguments":{{{arguments}}}{{{more}}},"_meta":{"io.modelcontextprotocol/protocolVersion":"{{{Revision}}}","io.modelcontextprotocol/clientCapabilities":{"elicitation":{} } } } }""";

    private static (string Name, string Value)[] Headers(string tool, string? region) =>
        [("MCP-Protocol-Version", Revision), ("Mcp-Method", "tools/call"), ("Mcp-Name", tool), .. region is null ? Array.Empty<(string, string)>() : [("Mcp-Param-Region", region)]];
}
