using System.Text.Json;
using System.Text.Json.Nodes;
using Bridge.Http.Tests.Fixtures;
using ModelContextProtocol;
using ModelContextProtocol.Client;
using ModelContextProtocol.Protocol;

namespace Bridge.Http.Tests.Gateway;

/// <summary>What servers have beside tools, and what they ask.</summary>
public sealed class FeatureTests
{
    [Fact]
    public async Task Prompts_OfAServer_AreListedAndGot()
    {
        await using GatewayHost gateway = await GatewayHost.StartAsync(GatewayHost.Fixture(), GatewayHost.Calculator());
        McpClient client = await gateway.ConnectAsync();

        (await client.ListPromptsAsync()).Select(prompt => prompt.Name).Should().Contain("fixture__test_prompt_with_arguments");
        JsonNode got = await client.RequestAsync("prompts/get", """{"name":"fixture__test_prompt_with_arguments","arguments":{"arg1":"x","arg2":"y"}}""");
        got["messages"]![0]!["content"]!["text"]!.GetValue<string>().Should().Contain("arg1='x', arg2='y'");
        (await FluentActions.Awaiting(() => client.RequestAsync("prompts/get", """{"name":"nobody"}""")).Should().ThrowAsync<McpProtocolException>())
            .Which.ErrorCode.Should().Be(McpErrorCode.InvalidParams);
    }

    [Fact]
    public async Task Prompts_Added_IsToldAndListed()
    {
        await using GatewayHost gateway = await GatewayHost.StartAsync(GatewayHost.Fixture());
        using var changed = new SemaphoreSlim(0);
        McpClient client = await gateway.ConnectAsync();
        client.RegisterNotificationHandler("notifications/prompts/list_changed", (_, _) => { changed.Release(); return ValueTask.CompletedTask; });
        await client.ListPromptsAsync();

        await client.CallTextAsync("fixture__add_prompt");

        (await changed.WaitAsync(GatewayHost.Patience)).Should().BeTrue();
        (await client.ListPromptsAsync()).Select(prompt => prompt.Name).Should().Contain("fixture__late_prompt");
    }

    [Fact]
    public async Task Resources_OfTwoServersWithTheSameUri_AreApart()
    {
        await using GatewayHost gateway = await GatewayHost.StartAsync(GatewayHost.Fixture("one"), GatewayHost.Fixture("two"));
        McpClient client = await gateway.ConnectAsync();

        IList<McpClientResource> resources = await client.ListResourcesAsync();

        resources.Select(resource => resource.Uri).Should().OnlyHaveUniqueItems().And.Contain(["test://static-text", "two+test://static-text"]);
        foreach (string uri in (string[])["test://static-text", "two+test://static-text", "test://template/7/data"])
        {
            (await client.ReadResourceAsync(uri)).Contents.Should().ContainSingle(uri);
        }

        (await client.ListResourceTemplatesAsync()).Should().HaveCount(2);
        (await FluentActions.Awaiting(() => client.ReadResourceAsync("nowhere://x").AsTask()).Should().ThrowAsync<McpProtocolException>())
            .Which.ErrorCode.Should().Be(McpErrorCode.ResourceNotFound);
    }

    [Fact]
    public async Task Subscribe_TwoClients_AreToldUntilTheyLeave()
    {
        await using GatewayHost gateway = await GatewayHost.StartAsync(GatewayHost.Fixture());
        using RawMcp one = await RawMcp.OpenAsync(gateway.Host), two = await RawMcp.OpenAsync(gateway.Host);
        using StreamReader first = await one.ListenAsync(), second = await two.ListenAsync();
        const string Subscribe = """{"jsonrpc":"2.0","id":1,"method":"resources/subscribe","params":{"uri":"test://watched-resource"}}""";
        const string Touch = """{"jsonrpc":"2.0","id":2,"method":"tools/call","params":{"name":"fixture__touch_resource","arguments":{"uri":"test://watched-resource"}}}""";

        await one.PostAsync(Subscribe);
        await two.PostAsync(Subscribe);
        await one.PostAsync(Touch);

        foreach (StreamReader stream in (StreamReader[])[first, second])
        {
            (await stream.ReadLineAsync().WaitAsync(GatewayHost.Patience)).Should().Be("id: 0-1");
            (await stream.ReadLineAsync().WaitAsync(GatewayHost.Patience)).Should().Be("event: message");
            JsonNode told = JsonNode.Parse((await stream.ReadLineAsync().WaitAsync(GatewayHost.Patience))![6..])!;
            told["method"]!.GetValue<string>().Should().Be("notifications/resources/updated");
            told["params"]!.ToJsonString().Should().Be("""{"uri":"test://watched-resource","x-extra":1}""");
        }

        await one.PostAsync("""{"jsonrpc":"2.0","id":3,"method":"resources/unsubscribe","params":{"uri":"test://watched-resource"}}""");
        (await one.PostAsync(Touch)).Single()["result"]!["content"]![0]!["text"]!.GetValue<string>().Should().Be("told", "the other still waits");
        await two.PostAsync("""{"jsonrpc":"2.0","id":3,"method":"resources/unsubscribe","params":{"uri":"test://watched-resource"}}""");
        (await one.PostAsync(Touch)).Single()["result"]!["content"]![0]!["text"]!.GetValue<string>().Should().Be("nobody watches");
    }

    [Theory]
    [InlineData("""{"type":"ref/prompt","name":"fixture__test_prompt_with_arguments"}""")]
    [InlineData("""{"type":"ref/resource","uri":"test://template/{id}/data"}""")]
    public async Task Complete_PromptOrTemplate_IsTheServersAnswer(string reference)
    {
        await using GatewayHost gateway = await GatewayHost.StartAsync(GatewayHost.Fixture(), GatewayHost.Calculator());
        McpClient client = await gateway.ConnectAsync();

        JsonNode completed = await client.RequestAsync("completion/complete", $$"""{"ref":{{reference}},"argument":{"name":"arg1","value":"par"} }""");

        completed["completion"]!["values"]![0]!.GetValue<string>().Should().Be("par-completed");
    }

    [Fact]
    public async Task Log_OfACall_ReachesTheCallerAtItsLevel()
    {
        await using GatewayHost gateway = await GatewayHost.StartAsync(GatewayHost.Fixture());
        using RawMcp raw = await RawMcp.OpenAsync(gateway.Host);
        const string Call = """{"jsonrpc":"2.0","id":2,"method":"tools/call","params":{"name":"fixture__test_tool_with_logging","arguments":{}}}""";

        await raw.PostAsync("""{"jsonrpc":"2.0","id":1,"method":"logging/setLevel","params":{"level":"info"}}""");
        JsonNode[] loud = await raw.PostAsync(Call);
        await raw.PostAsync("""{"jsonrpc":"2.0","id":1,"method":"logging/setLevel","params":{"level":"error"}}""");
        JsonNode[] quiet = await raw.PostAsync(Call);

        loud.Select(message => message["method"]?.GetValue<string>()).Should().Equal("notifications/message", "notifications/message", "notifications/message", null);
        quiet.Should().ContainSingle();
    }

    [Fact]
    public async Task Questions_OfAServer_ReachTheClientThatCalled()
    {
        await using GatewayHost gateway = await GatewayHost.StartAsync(GatewayHost.Fixture());
        McpClient asked = await gateway.ConnectAsync(options: Answering("asked"));
        McpClient other = await gateway.ConnectAsync(options: Answering("other"));

        (await asked.CallTextAsync("fixture__test_elicitation", """{"message":"who?"}""")).Should().Contain("accept").And.Contain("asked");
        (await other.CallTextAsync("fixture__test_sampling", """{"prompt":"say"}""")).Should().Be("LLM response: other says say");
        (await asked.CallTextAsync("fixture__list_roots")).Should().Contain("file:///asked");
    }

    [Fact]
    [Trait("Attack", "S8")]
    public async Task Questions_TheClientDidNotDeclare_AreNotPutToIt()
    {
        await using GatewayHost gateway = await GatewayHost.StartAsync(GatewayHost.Fixture());
        McpClient client = await gateway.ConnectAsync();

        JsonNode result = await client.RequestAsync("tools/call", """{"name":"fixture__test_sampling","arguments":{"prompt":"say"}}""");

        result["isError"]!.GetValue<bool>().Should().BeTrue();
        result["content"]![0]!["text"]!.GetValue<string>().Should().Contain("-32601");
    }

    private static McpClientOptions Answering(string name) => new()
    {
        Handlers = new McpClientHandlers
        {
            ElicitationHandler = (_, _) => ValueTask.FromResult(new ElicitResult
            {
                Action = "accept",
                Content = new Dictionary<string, JsonElement> { ["username"] = JsonSerializer.SerializeToElement(name), ["email"] = JsonSerializer.SerializeToElement("a@b.c") },
            }),
            SamplingHandler = (request, _, _) => ValueTask.FromResult(new CreateMessageResult
            {
                Model = "test",
                Role = Role.Assistant,
                Content = [new TextContentBlock { Text = $"{name} says {((TextContentBlock)request!.Messages[0].Content[0]).Text}" }],
            }),
            RootsHandler = (_, _) => ValueTask.FromResult(new ListRootsResult { Roots = [new Root { Uri = $"file:///{name}" }] }),
        },
    };
}
