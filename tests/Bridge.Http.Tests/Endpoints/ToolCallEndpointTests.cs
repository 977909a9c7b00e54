using System.Text.Json;
using System.Text.Json.Nodes;
using Bridge.Calling;
using Bridge.Http.Tests.Fixtures;
using Bridge.Identity;
using Bridge.Outcomes;
using Bridge.Pipeline;
using Bridge.Tools;
using Microsoft.Extensions.AI;

namespace Bridge.Http.Tests.Endpoints;

public sealed class ToolCallEndpointTests
{
    private const string Path = "/v1/prompts/tool-call";

    private static Tool Add { get; } =
        Tool.Create(new ToolId("calculator", "add"), "Adds.", JsonDocument.Parse("""{"type": "object"}""").RootElement);

    [Fact]
    public async Task Post_Called_AnswersMessagesAndCalls()
    {
        await using TestHost server = await TestHost.StartAsync();
        server.Pipeline.Handler = (prompt, _) => Task.FromResult(prompt
            .Append(
                new ChatMessage(ChatRole.Assistant, [new FunctionCallContent("c1", "add", new Dictionary<string, object?> { ["a"] = 2 })]),
                new ChatMessage(ChatRole.Tool, [new FunctionResultContent("c1", "5")]))
            .With(new ToolCalling(PromptOutcome.Called, new Reason(ReasonKind.None, "'calculator/add' was called."))
            {
                Confidence = 0.875,
                CatalogVersion = "v1",
                Calls =
                [
                    new CallOutcome(new ToolCall("c1", Add, """{"a":2.50}"""u8.ToArray()), CallStatus.Succeeded, new Reason(ReasonKind.None, ""))
                    {
                        Result = ToolResult.FromText("5") with { Structured = JsonDocument.Parse("""{"sum":5.0}""").RootElement },
                        Duration = TimeSpan.FromMilliseconds(12.5),
                    },
                ],
                Attempts = [new AttemptRecord("embedded", 1, AttemptResult.Valid) { Duration = TimeSpan.FromMilliseconds(1) }],
            }));

        (int status, JsonNode body) = await server.PostAsync(Path, """{"messages": [{"role": "user", "content": "2+3", "vendor": 1.0}]}""");

        status.Should().Be(200);
        JsonNode.DeepEquals(body, JsonNode.Parse("""
            {"messages": [
               {"role": "user", "content": "2+3", "vendor": 1.0},
               {"role": "assistant", "content": null, "tool_calls": [
                 {"id": "c1", "type": "function", "function": {"name": "add", "arguments": "{\"a\":2}"}}]},
               {"role": "tool", "tool_call_id": "c1", "content": "5"}],
             "tool_calling": {
               "outcome": "called", "reason": {"kind": "none", "message": "'calculator/add' was called."}, "confidence": 0.875,
               "calls": [{"id": "c1", "tool": "calculator/add", "arguments": {"a": 2.50}, "status": "succeeded",
                          "result": {"text": "5", "structured": {"sum": 5.0}}, "is_error": false, "duration_ms": 12.5}],
               "attempts": [{"caller": "embedded", "number": 1, "result": "valid", "duration_ms": 1}],
               "catalog_version": "v1"}}
            """)).Should().BeTrue("the answer was {0}", body);
    }

    [Theory]
    [InlineData(PromptOutcome.NoCall, "no_call")]
    [InlineData(PromptOutcome.NeedsApproval, "needs_approval")]
    [InlineData(PromptOutcome.Failed, "failed")]
    [InlineData(PromptOutcome.Proposed, "proposed")]
    [InlineData(PromptOutcome.Cancelled, "cancelled")]
    public async Task Post_AnyOutcome_Is200(PromptOutcome outcome, string word)
    {
        await using TestHost server = await TestHost.StartAsync();
        server.Pipeline.Handler = (prompt, _) =>
            Task.FromResult(prompt.With(new ToolCalling(outcome, new Reason(ReasonKind.ToolChoiceUnsupported, "Because."))));

        (int status, JsonNode body) = await server.PostAsync(Path, """{"messages": [{"role": "user", "content": "a"}]}""");

        status.Should().Be(200);
        body["tool_calling"]!["outcome"]!.GetValue<string>().Should().Be(word);
        body["tool_calling"]!["reason"]!["kind"]!.GetValue<string>().Should().Be("tool_choice_unsupported");
        body["tool_calling"]!.AsObject().ContainsKey("confidence").Should().BeTrue();
    }

    [Fact]
    public async Task Post_EveryMember_ReachesThePipeline()
    {
        await using TestHost server = await TestHost.StartAsync();
        CreatedKey key = await server.Keys.CreateAsync("ci", [], null, CancellationToken.None);
        server.Client.DefaultRequestHeaders.Authorization = new("Bearer", key.Text);

        await server.PostAsync(Path, """
            {"messages": [{"role": "user", "content": "a"}], "caller": "ollama/x:1b",
             "tool_choice": {"type": "function", "function": {"name": "add"}}, "allowed_tools": ["calculator/*", "now"],
             "execute": false, "max_calls": 3, "timeout_ms": 1500}
            """);

        (_, ToolCallOptions? options, CallContext? context) = server.Pipeline.Requests.Single();
        options.Should().BeEquivalentTo(new ToolCallOptions
        {
            Caller = "ollama/x:1b",
            Choice = ToolChoice.Named("add"),
            AllowedTools = ["calculator/*", "now"],
            Execute = false,
            MaxCalls = 3,
            Timeout = TimeSpan.FromSeconds(1.5),
        });
        context!.Identity.Id.Should().Be($"key:{key.Key.Id}");
    }

    [Theory]
    [InlineData("\"auto\"", ToolChoiceMode.Auto)]
    [InlineData("\"none\"", ToolChoiceMode.None)]
    [InlineData("\"required\"", ToolChoiceMode.Required)]
    [InlineData("null", ToolChoiceMode.Auto)]
    public async Task Post_ToolChoice_IsRead(string json, ToolChoiceMode mode)
    {
        await using TestHost server = await TestHost.StartAsync();

        await server.PostAsync(Path, $$"""{"messages": [{"role": "user", "content": "a"}], "tool_choice": {{json}}, "caller": null}""");

        server.Pipeline.Requests.Single().Options!.Choice.Mode.Should().Be(mode);
    }

    [Theory]
    [InlineData("\"Caller\": \"x\"", "Caller", "is not known here; allowed are 'allowed_tools', 'caller', 'execute'")]
    [InlineData("\"tools\": []", "tools", "is not known here")]
    [InlineData("\"caller\": 1", "caller", "must be a string")]
    [InlineData("\"caller\": \"\\ud800\"", "caller", "not valid Unicode")]
    [InlineData("\"tool_choice\": \"always\"", "tool_choice", "\"required\"")]
    [InlineData("\"tool_choice\": {\"type\": \"function\"}", "tool_choice", "\"required\"")]
    [InlineData("\"tool_choice\": {\"type\": \"function\", \"function\": {\"name\": \"\"}}", "tool_choice", "\"required\"")]
    [InlineData("\"allowed_tools\": \"add\"", "allowed_tools", "array of strings")]
    [InlineData("\"allowed_tools\": [1]", "allowed_tools[0]", "must be a string")]
    [InlineData("\"allowed_tools\": []", "allowed_tools", "at least one")]
    [InlineData("\"execute\": \"yes\"", "execute", "true or false")]
    [InlineData("\"max_calls\": 0", "max_calls", "from 1 to 8")]
    [InlineData("\"max_calls\": 9", "max_calls", "from 1 to 8")]
    [InlineData("\"max_calls\": 1.5", "max_calls", "from 1 to 8")]
    [InlineData("\"timeout_ms\": 300001", "timeout_ms", "from 1 to 300000")]
    [InlineData("\"timeout_ms\": \"1\"", "timeout_ms", "from 1 to 300000")]
    public async Task Post_BadMember_Is400AndNamesIt(string member, string name, string part)
    {
        await using TestHost server = await TestHost.StartAsync();

        (int status, JsonNode body) = await server.PostAsync(Path, $$"""{"messages": [{"role": "user", "content": "a"}], {{member}}}""");

        status.Should().Be(400);
        body["param"]!.GetValue<string>().Should().Be(name);
        body["detail"]!.GetValue<string>().Should().StartWith($"'{name}' ").And.Contain(part);
        server.Pipeline.Requests.Should().BeEmpty();
    }

    [Theory]
    [InlineData("{}", "messages")]
    [InlineData("""{"messages": [{"role": "user", "content": "a"}, {"role": "user"}]}""", "messages[1].content")]
    public async Task Post_BadMessages_Is400AndNamesThePlace(string json, string place)
    {
        await using TestHost server = await TestHost.StartAsync();

        (int status, JsonNode body) = await server.PostAsync(Path, json);

        status.Should().Be(400);
        body["param"]!.GetValue<string>().Should().Be(place);
    }
}
