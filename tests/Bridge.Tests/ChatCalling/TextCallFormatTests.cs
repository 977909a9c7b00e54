using Bridge.Calling;
using Bridge.ChatCalling;
using Bridge.Profiles;
using Bridge.Shortlisting;
using Bridge.TestKit;

namespace Bridge.Tests.ChatCalling;

public sealed class TextCallFormatTests : IDisposable
{
    private readonly ScriptedChatClient _client = new();

    public void Dispose() => _client.Dispose();

    private ChatClientToolCaller Caller => new(_client, Asked.Model, ModelProfile.Default with { ToolFormat = ToolFormat.Text });

    [Fact]
    public async Task Propose_TaggedCall_IsRead()
    {
        _client.Answers("<tool_call>{\"name\":\"now\",\"arguments\":{}}</tool_call>");

        Asked.Show(await Caller.ProposeAsync(Asked.Request(), default)).Should().Be("now{}");
        _client.Last.Options!.Tools.Should().BeNull();
        _client.Last.Options.ResponseFormat.Should().BeNull();
        _client.Last.Messages[0].Text.Should().Contain("""<tool_call>{"name": "NAME", "arguments": {"ARGUMENT": "VALUE"}}</tool_call>""")
            .And.EndWith("If no tool helps, answer without such a line.");
    }

    [Fact]
    public async Task Propose_UnknownTool_IsAFaultOfTheModel()
    {
        _client.Answers("<tool_call>{\"name\":\"rm\",\"arguments\":{}}</tool_call>");
        Func<Task> act = () => Caller.ProposeAsync(Asked.Request(), default);
        (await act.Should().ThrowAsync<ToolCallerException>()).Which.Message.Should().Contain("'rm', which is not one of the tools");
    }

    [Fact]
    public async Task Propose_Rejected_IsToldAsTags()
    {
        _client.Answers("");
        await Caller.ProposeAsync(
            Asked.Request() with { Rejected = [Asked.Rejected("now", "{}", "no")], Choice = ToolChoice.Required }, default);

        _client.Last.Messages[^2].Text.Should().Be("""<tool_call>{"name": "now", "arguments": {}}</tool_call>""");
        _client.Last.Messages[0].Text.Should().EndWith("You must call a tool.");
    }

    [Fact]
    public async Task Propose_Tools_AreShownAsSignatures()
    {
        const string Schema = """{"type":"object","properties":{"u":{"enum":["C","F"]},"d":{"type":"string","format":"date","description":"The day of travel."}},"required":["d"]}""";
        _client.Answers("");
        await Caller.ProposeAsync(Asked.Request() with { Shortlist = new Shortlist([Asked.Tool("t", "Does\nit.", Schema)]) }, default);
        _client.Last.Messages[0].Text.Should().Contain("- t - Does it.\n u?:\"C\"|\"F\"\n d:string(date) - The day of travel.\n");
    }

    [Fact]
    public async Task Propose_WithExamples_ShowsCallsThatTheSchemasAccept()
    {
        _client.Answers("");
        ShortlistedTool book = Asked.Tool("book", "Books.", """{"type":"object","properties":{"day":{"type":"string","format":"date"},"class":{"enum":["first","second"]},"seats":{"type":"array","items":{"type":"integer","minimum":3},"minItems":1},"guest":{"type":"object","properties":{"name":{"type":"string"}},"required":["name"]},"note":{"type":"string"}},"required":["day","class","seats","guest"]}""");
        ShortlistedTool odd = Asked.Tool("odd", "Odd.", """{"type":"object","properties":{"code":{"type":"string","pattern":"^[0-9]{4}$"}},"required":["code"]}""");
        var caller = new ChatClientToolCaller(_client, Asked.Model, ModelProfile.Default with { ToolFormat = ToolFormat.Text, Examples = 2 });

        await caller.ProposeAsync(Asked.Request() with { Shortlist = new Shortlist([odd, book, .. Asked.Shortlist.Tools]) }, default);

        _client.Last.Messages[0].Text.Should().Contain("""
            For example, with values that you take from the prompt:
            <tool_call>{"name": "book", "arguments": {"day":"2026-01-31","class":"first","seats":[3],"guest":{"name":"NAME"}}}</tool_call>
            <tool_call>{"name": "add", "arguments": {"a":1,"b":1}}</tool_call>
            If no tool helps
            """.ReplaceLineEndings("\n"), "'odd' has no example that its schema accepts, and the fourth is one too many");
    }

    [Fact]
    public async Task Propose_WithoutExamples_ShowsNone()
    {
        _client.Answers("");
        await Caller.ProposeAsync(Asked.Request(), default);
        _client.Last.Messages[0].Text.Should().NotContain("For example");
    }

    [Fact]
    public async Task Propose_NoCall_IsNotAFault()
    {
        _client.Answers("It is 5.");
        Proposal proposal = await Caller.ProposeAsync(Asked.Request(), default);
        proposal.Calls.Should().BeEmpty();
        proposal.Text.Should().Be("It is 5.");
    }
}
