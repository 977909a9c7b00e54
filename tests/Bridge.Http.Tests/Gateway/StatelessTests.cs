using System.Net;
using System.Text.Json;
using System.Text.Json.Nodes;
using Bridge.Http.Tests.Fixtures;
using Bridge.Identity;
using ModelContextProtocol.Client;
using ModelContextProtocol.Protocol;

namespace Bridge.Http.Tests.Gateway;

/// <summary>The revision without sessions in front of servers with sessions.</summary>
public sealed class StatelessTests
{
    private const string Revision = "2026-07-28";

    [Fact]
    public async Task Client_OfTheNewestRevision_ListsCallsAndAnswersQuestions()
    {
        await using GatewayHost gateway = await GatewayHost.StartAsync(GatewayHost.Fixture(), GatewayHost.Calculator());
        McpClient client = await gateway.ConnectNewestAsync(new McpClientOptions
        {
            Handlers = new McpClientHandlers
            {
                ElicitationHandler = (_, _) => ValueTask.FromResult(new ElicitResult
                {
                    Action = "accept",
                    Content = new Dictionary<string, JsonElement> { ["username"] = JsonSerializer.SerializeToElement("ann"), ["email"] = JsonSerializer.SerializeToElement("a@b.c") },
                }),
            },
        });

        client.NegotiatedProtocolVersion.Should().Be(Revision);
        (await client.ListToolsAsync()).Select(tool => tool.Name).Should().Contain(["fixture__echo", "calculator__add"]);
        (await client.CallTextAsync("calculator__add", """{"a":2,"b":3}""")).Should().Be("5");
        (await client.CallTextAsync("fixture__test_elicitation", """{"message":"who?"}""")).Should().Contain("accept").And.Contain("ann");
    }

    [Theory]
    [InlineData("", null, -32602, 400)]
    [InlineData(Revision, null, -32020, 400, "tools/call")]
    [InlineData("2025-11-25", null, -32020, 400)]
    [InlineData("2099-01-01", "2099-01-01", -32022, 400)]
    [InlineData(Revision, null, -32601, 404, "resources/subscribe", "resources/subscribe")]
    [InlineData(Revision, null, -32601, 404, "no/such", "no/such")]
    [Trait("Attack", "B2")]
    public async Task Post_MetaHeadersOrMethodThatDoNotFit_IsRefusedWithItsStatus(
        string inMeta, string? header, int code, int status, string methodHeader = "tools/list", string method = "tools/list")
    {
        await using GatewayHost gateway = await GatewayHost.StartAsync();
        using RawMcp raw = RawMcp.Create(gateway.Host);

        using HttpResponseMessage response = await raw.SendAsync(
            HttpMethod.Post, Message(method, "{}", inMeta.Length == 0 ? null : inMeta), ("MCP-Protocol-Version", header ?? Revision), ("Mcp-Method", methodHeader));

        ((int)response.StatusCode).Should().Be(status);
        JsonNode.Parse(await response.Content.ReadAsStringAsync())!["error"]!["code"]!.GetValue<int>().Should().Be(code);
    }

    [Theory]
    [InlineData("calculator__add", null)]
    [InlineData("=?base64?Y2FsY3VsYXRvcl9fYWRk?=", null)]
    [InlineData("calculator__divide", -32020)]
    [InlineData("=?base64?%%%?=", -32020)]
    [InlineData("=?base64?Y2FsY3VsYXRvcl9fYWRk=?=", -32020)] // with padding too much
    [InlineData("=?base64?PT9iYXNlNjQ/WTJGc1kzVnNZWFJ2Y2w5ZllXUms/PQ==?=", -32020)] // encoded twice
    [InlineData("=?base64?Y2FsY3VsYXRvcl9fYWRkDQpYLUV2aWw6IDE=?=", -32020)] // with an end of line and a header behind it
    [InlineData("=?base64??=", -32020)]
    [InlineData("=?base64?=", -32020)]
    [InlineData("", -32020)]
    [Trait("Attack", "B1")]
    [Trait("Attack", "B3")]
    public async Task Post_NameInTheHeader_MustBeThatOfTheMessage(string header, int? code)
    {
        await using GatewayHost gateway = await GatewayHost.StartAsync(GatewayHost.Calculator());
        using RawMcp raw = RawMcp.Create(gateway.Host);

        JsonNode answer = await PostAsync(raw, "tools/call", """{"name":"calculator__add","arguments":{"a":2,"b":3}}""", header);

        answer["error"]?["code"]?.GetValue<int>().Should().Be(code);
        answer["result"]?["resultType"]!.GetValue<string>().Should().Be("complete");
    }

    [Fact]
    [Trait("Attack", "S1")]
    [Trait("Attack", "S7")]
    public async Task State_OfAnotherClientOrUsedBefore_IsRefused()
    {
        await using GatewayHost gateway = await GatewayHost.StartAsync(GatewayHost.Fixture());
        string key = (await gateway.Host.Keys.CreateAsync("other", KeyScopes.Default, lifetime: null, CancellationToken.None)).Text;
        using RawMcp mine = RawMcp.Create(gateway.Host), other = RawMcp.Create(gateway.Host, key: key);
        const string Name = "fixture__test_input_required_result_multi_round";

        JsonNode first = (await PostAsync(mine, "tools/call", $$"""{"name":"{{Name}}","arguments":{} }""", Name))["result"]!;
        string again = Again(Name, first);
        JsonNode stolen = await PostAsync(other, "tools/call", again, Name);
        JsonNode second = (await PostAsync(mine, "tools/call", again, Name))["result"]!;
        JsonNode replayed = await PostAsync(mine, "tools/call", again, Name);
        JsonNode done = (await PostAsync(mine, "tools/call", Again(Name, second), Name))["result"]!;

        first["resultType"]!.GetValue<string>().Should().Be("input_required");
        stolen["error"]!["code"]!.GetValue<int>().Should().Be(-32602);
        second["resultType"]!.GetValue<string>().Should().Be("input_required", second.ToJsonString());
        replayed["error"]!["code"]!.GetValue<int>().Should().Be(-32602);
        done["content"]![0]!["text"]!.GetValue<string>().Should().Contain("state-ok").And.Contain("accept");
    }

    [Theory]
    [InlineData("flipped")]
    [InlineData("other tool")]
    [InlineData("other address")]
    [Trait("Attack", "S7")]
    public async Task State_ChangedOrMoved_IsRefused(string attack)
    {
        await using GatewayHost gateway = await GatewayHost.StartAsync(GatewayHost.Fixture());
        using RawMcp raw = RawMcp.Create(gateway.Host), elsewhere = RawMcp.Create(gateway.Host, "/mcp?tools=fixture/*");
        const string Name = "fixture__test_input_required_result_multi_round", Other = "fixture__test_input_required_result_elicitation";
        JsonNode first = (await PostAsync(raw, "tools/call", $$"""{"name":"{{Name}}","arguments":{} }""", Name))["result"]!;
        string state = first["requestState"]!.GetValue<string>();
        if (attack == "flipped")
        {
            first["requestState"] = (char)(state[0] ^ 1) + state[1..];
        }

        string name = attack == "other tool" ? Other : Name;
        JsonNode answer = await PostAsync(attack == "other address" ? elsewhere : raw, "tools/call", Again(name, first), name);

        answer["error"]!["code"]!.GetValue<int>().Should().Be(-32602, answer.ToJsonString());
    }

    [Fact]
    [Trait("Attack", "S4")]
    public async Task List_Answer_IsForItsClientAlone()
    {
        await using GatewayHost gateway = await GatewayHost.StartAsync(GatewayHost.Calculator());
        using RawMcp raw = RawMcp.Create(gateway.Host);

        JsonNode answer = await PostAsync(raw, "tools/list", "{}", "");

        answer["result"]!["cacheScope"]!.GetValue<string>().Should().Be("private");
    }

    [Fact]
    [Trait("Attack", "B2")]
    public async Task Post_RevisionInTheBodyAlone_IsRefused()
    {
        await using GatewayHost gateway = await GatewayHost.StartAsync(GatewayHost.Calculator());
        using RawMcp raw = RawMcp.Create(gateway.Host);

        using HttpResponseMessage response = await raw.SendAsync(
            HttpMethod.Post, Message("tools/list", "{}", Revision), ("Mcp-Method", "tools/list"));

        response.StatusCode.Should().Be(HttpStatusCode.BadRequest);
        JsonNode.Parse(await response.Content.ReadAsStringAsync())!["error"]!["code"]!.GetValue<int>().Should().Be(-32020);
    }

    [Fact]
    public async Task Call_AClientThatNeverAnswers_DoesNotKeepOthersFromBeingAsked()
    {
        await using GatewayHost gateway = await GatewayHost.StartAsync(GatewayHost.Fixture());
        using RawMcp raw = RawMcp.Create(gateway.Host);
        const string Name = "fixture__test_input_required_result_sampling";

        JsonNode abandoned = await PostAsync(raw, "tools/call", $$"""{"name":"{{Name}}","arguments":{} }""", Name);
        JsonNode asked = await PostAsync(raw, "tools/call", $$"""{"name":"{{Name}}","arguments":{} }""", Name);

        abandoned["result"]!["inputRequests"]!.AsObject().Should().ContainSingle();
        asked["result"]!["inputRequests"]!.AsObject().Single().Value!["method"]!.GetValue<string>().Should().Be("sampling/createMessage");
    }

    [Fact]
    public async Task Listen_ToolsOnly_HearsOfToolsWithItsId()
    {
        await using GatewayHost gateway = await GatewayHost.StartAsync(GatewayHost.Fixture());
        using RawMcp raw = RawMcp.Create(gateway.Host);
        using HttpResponseMessage stream = await raw.SendAsync(
            HttpMethod.Post, Message("subscriptions/listen", """{"notifications":{"toolsListChanged":true}}""", Revision), Headers("subscriptions/listen"));
        using var lines = new StreamReader(await stream.Content.ReadAsStreamAsync());

        JsonNode acknowledged = await NextAsync(lines);
        await PostAsync(raw, "tools/call", """{"name":"fixture__test_trigger_prompt_change","arguments":{}}""", "fixture__test_trigger_prompt_change");
        await PostAsync(raw, "tools/call", """{"name":"fixture__test_trigger_tool_change","arguments":{}}""", "fixture__test_trigger_tool_change");
        JsonNode changed = await NextAsync(lines);

        acknowledged["method"]!.GetValue<string>().Should().Be("notifications/subscriptions/acknowledged");
        changed["method"]!.GetValue<string>().Should().Be("notifications/tools/list_changed");
        changed["params"]!["_meta"]!["io.modelcontextprotocol/subscriptionId"]!.GetValue<int>().Should().Be(1);
    }

    [Fact]
    public async Task GetAndDelete_WithoutSessions_AreNotAllowed()
    {
        await using GatewayHost gateway = await GatewayHost.StartAsync();
        using RawMcp raw = RawMcp.Create(gateway.Host);

        using HttpResponseMessage get = await raw.SendAsync(HttpMethod.Get, null, ("MCP-Protocol-Version", Revision));
        using HttpResponseMessage delete = await raw.SendAsync(HttpMethod.Delete, null, ("MCP-Protocol-Version", Revision));

        get.StatusCode.Should().Be(HttpStatusCode.MethodNotAllowed);
        delete.StatusCode.Should().Be(HttpStatusCode.MethodNotAllowed);
    }

    private static string Message(string method, string parameters, string? revision)
    {
        JsonObject given = JsonNode.Parse(parameters)!.AsObject();
        if (revision is not null)
        {
            given["_meta"] = new JsonObject
            {
                ["io.modelcontextprotocol/protocolVersion"] = revision,
                ["io.modelcontextprotocol/clientCapabilities"] = JsonNode.Parse("""{"elicitation":{},"sampling":{},"roots":{}}"""),
            };
        }

        return new JsonObject { ["jsonrpc"] = "2.0", ["id"] = 1, ["method"] = method, ["params"] = given }.ToJsonString();
    }

    private static (string Name, string Value)[] Headers(string method, string name = "") =>
        [("MCP-Protocol-Version", Revision), ("Mcp-Method", method), .. name.Length > 0 ? new[] { ("Mcp-Name", name) } : []];

    private static string Again(string name, JsonNode required) => new JsonObject
    {
        ["name"] = name,
        ["arguments"] = new JsonObject(),
        ["requestState"] = required["requestState"]!.GetValue<string>(),
        ["inputResponses"] = new JsonObject(required["inputRequests"]!.AsObject().Select(asked => KeyValuePair.Create<string, JsonNode?>(
            asked.Key, new JsonObject { ["action"] = "accept", ["content"] = new JsonObject { ["name"] = "ann" } }))),
    }.ToJsonString();

    private static async Task<JsonNode> PostAsync(RawMcp raw, string method, string parameters, string name)
    {
        using HttpResponseMessage response = await raw.SendAsync(HttpMethod.Post, Message(method, parameters, Revision), Headers(method, name));
        return JsonNode.Parse(await response.Content.ReadAsStringAsync())!;
    }

    private static async Task<JsonNode> NextAsync(StreamReader lines)
    {
        while (await lines.ReadLineAsync().WaitAsync(GatewayHost.Patience) is { } line)
        {
            if (line.StartsWith("data: ", StringComparison.Ordinal))
            {
                return JsonNode.Parse(line[6..])!;
            }
        }

        throw new InvalidOperationException("The stream ended.");
    }
}
