using System.Text.Json;
using Bridge.Calling;
using Bridge.ChatCalling;
using Bridge.Outcomes;
using Bridge.Profiles;
using Bridge.Schemas.Compilation;
using Bridge.Shortlisting;
using Bridge.TestKit;
using Microsoft.Extensions.AI;

namespace Bridge.Tests.ChatCalling;

public sealed class SchemaCallFormatTests : IDisposable
{
    private readonly ScriptedChatClient _client = new();

    public void Dispose() => _client.Dispose();

    private ChatClientToolCaller Caller => new(_client, Asked.Model, ModelProfile.Default with { ToolFormat = ToolFormat.JsonSchema });

    [Fact]
    public async Task Propose_Calls_AreReadAsWritten()
    {
        _client.Answers("""{"calls": [{"tool": "add", "arguments": {"a": 2.0, "b": 3}}, {"tool": "now"}]}""");

        Proposal proposal = await Caller.ProposeAsync(Asked.Request(), default);

        Asked.Show(proposal).Should().Be("""add{"a": 2.0, "b": 3}|now{}""");
        string system = _client.Last.Messages[0].Text;
        system.Should().Contain("- add(a:number, b:number) - A tool to add two numbers\n- now()\n").And.Contain("""{"calls": []}""");
        _client.Last.Options!.Tools.Should().BeNull();
    }

    [Fact]
    public async Task Propose_WithExamples_ShowsThemInTheFormAskedFor()
    {
        _client.Answers("""{"calls": []}""");
        var caller = new ChatClientToolCaller(_client, Asked.Model, ModelProfile.Default with { ToolFormat = ToolFormat.JsonSchema, Examples = 1 });

        await caller.ProposeAsync(Asked.Request(), default);

        _client.Last.Messages[0].Text.Should().Contain("""{"calls": [{"tool": "add", "arguments": {"a":1,"b":1}}]}""");
    }

    [Fact]
    public async Task Propose_EmptyList_IsNoCall()
    {
        _client.Answers("<think>no tool</think>{\"calls\": []}");
        (await Caller.ProposeAsync(Asked.Request(), default)).Calls.Should().BeEmpty();
    }

    [Fact]
    public async Task Propose_SystemMessageThere_IsExtendedNotDoubled()
    {
        _client.Answers("""{"calls": []}""");
        await Caller.ProposeAsync(
            new ProposalRequest(Bridge.Prompts.Prompt.Create().System("Be brief.").User("x"), Asked.Shortlist), default);

        _client.Last.Messages.Should().HaveCount(2);
        _client.Last.Messages[0].Text.Should().StartWith("Be brief.\n\nYou can call these tools:");
    }

    [Fact]
    [Trait("Attack", "Z6")]
    public async Task Propose_ServerIgnoresTheSchema_CallsAsTextAreRead()
    {
        _client.Answers("""<tool_call>{"name": "now", "arguments": {}}</tool_call>""");
        Asked.Show(await Caller.ProposeAsync(Asked.Request(), default)).Should().Be("now{}");
    }

    [Theory]
    [InlineData("""{"calls": [5]}""", "has a call without a 'tool'")]
    [InlineData("""{"calls": [{"tool": 5}]}""", "has a call without a 'tool'")]
    [InlineData("<tool_call>{broken", "looks like a call, but")]
    public async Task Propose_UnreadableAnswer_IsATransientFaultOfTheModel(string answer, string message)
    {
        _client.Answers(answer);
        Func<Task> act = () => Caller.ProposeAsync(Asked.Request(), default);

        ToolCallerException error = (await act.Should().ThrowAsync<ToolCallerException>()).Which;
        error.Kind.Should().Be(ReasonKind.CallerMisbehaved);
        error.IsTransient.Should().BeTrue();
        error.Message.Should().Contain(message).And.Contain("'test/small'");
    }

    [Fact]
    public async Task Propose_Rejected_IsToldInTheFormAskedFor()
    {
        _client.Answers("""{"calls": []}""");
        await Caller.ProposeAsync(Asked.Request() with { Rejected = [Asked.Rejected("add", """{"a":1}""", "b is missing")] }, default);

        _client.Last.Messages[^2].Text.Should().Be("""{"calls": [{"tool": "add", "arguments": {"a":1}}]}""");
        _client.Last.Messages[^1].Text.Should().Contain("b is missing");
    }

    [Fact]
    public async Task Propose_Schema_AllowsExactlyTheToolsCalls()
    {
        _client.Answers("""{"calls": []}""");
        await Caller.ProposeAsync(Asked.Request() with { MaxCalls = 2 }, default);

        CompiledSchema schema = Schema();
        Valid(schema, """{"calls": []}""").Should().BeTrue();
        Valid(schema, """{"calls": [{"tool": "add", "arguments": {"a": 1, "b": 2}}, {"tool": "now", "arguments": {}}]}""").Should().BeTrue();
        Valid(schema, """{"calls": [{"tool": "add", "arguments": {"a": "1", "b": 2}}]}""").Should().BeFalse();
        Valid(schema, """{"calls": [{"tool": "rm", "arguments": {}}]}""").Should().BeFalse();
        Valid(schema, """{"calls": [{"tool":"now","arguments":{}},{"tool":"now","arguments":{}},{"tool":"now","arguments":{}}]}""").Should().BeFalse();
        Valid(schema, "{}").Should().BeFalse();
        schema.Source.GetRawText().Should().NotContain("$schema");
    }

    [Fact]
    public async Task Propose_RequiredChoice_LeavesNoEmptyList()
    {
        _client.Answers("""{"calls": [{"tool": "now", "arguments": {}}]}""");
        await Caller.ProposeAsync(Asked.Request() with { Choice = ToolChoice.Required }, default);

        Valid(Schema(), """{"calls": []}""").Should().BeFalse();
        _client.Last.Messages[0].Text.Should().EndWith("You must call a tool.");
    }

    [Fact]
    public async Task Propose_SchemaWithReferences_KeepsThemResolvable()
    {
        _client.Answers("""{"calls": []}""");
        ShortlistedTool tree = Asked.Tool("tree", "", """
            {"type":"object","properties":{"root":{"$ref":"#/$defs/node"},"self":{"$ref":"#"},"x":{"const":{"$ref":"#/not-a-reference"}},"list":{"anyOf":[{"$ref":"#/$defs/node"},{"type":"null"}]}},
             "$defs":{"node":{"type":"object","properties":{"name":{"type":"string"},"child":{"$ref":"#/$defs/node"}},"required":["name"]}}}
            """);
        ShortlistedTool any = new(Bridge.Tools.Tool.Create(new Bridge.Tools.ToolId("s", "any"), "", JsonSerializer.Deserialize<JsonElement>("true")), "any");
        await Caller.ProposeAsync(Asked.Request() with { Shortlist = new Shortlist([tree, any]) }, default);

        CompiledSchema schema = Schema();
        Valid(schema, """{"calls": [{"tool": "tree", "arguments": {"root": {"name": "a", "child": {"name": "b"}}, "self": {"root": {"name": "c"}}}}]}""").Should().BeTrue();
        Valid(schema, """{"calls": [{"tool": "tree", "arguments": {"root": {"name": "a", "child": {"name": 5}}}}]}""").Should().BeFalse();
        schema.Source.GetRawText().Should().Contain("\"#/not-a-reference\"");
    }

    private static bool Valid(CompiledSchema schema, string json) =>
        schema.Validate(JsonSerializer.Deserialize<JsonElement>(json)).IsEmpty;

    private CompiledSchema Schema() =>
        CompiledSchema.Compile(((ChatResponseFormatJson)_client.Last.Options!.ResponseFormat!).Schema!.Value);
}
