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

    [Theory]
    [InlineData("""{"type":"object","properties":{"u":{"enum":["C","F"]},"d":{"type":"string","format":"date"}},"required":["d"]}""", """(u?: "C"|"F", d: string<date>)""")]
    [InlineData("""{"type":"object","properties":{"l":{"type":"array","items":{"type":"integer"}},"o":{"type":"object","properties":{"x":{"type":"boolean"}}},"e":{"type":"object"}}}""", "(l?: integer[], o?: {x?: boolean}, e?: object)")]
    [InlineData("""{"type":"object","properties":{"t":{"type":["string","number"]},"a":{},"r":{"type":"array"}}}""", "(t?: string|number, a?: any, r?: array)")]
    [InlineData("""{"type":"object","properties":{"n":{"enum":[1,2,3,4,5,6,7,8,9,10,11,12,13]}}}""", "(n?: 1|2|3|4|5|6|7|8|9|10|11|12|…)")]
    [InlineData("true", "()")]
    public async Task Propose_Tools_AreShownAsSignatures(string schema, string signature)
    {
        _client.Answers("");
        await Caller.ProposeAsync(Asked.Request() with { Shortlist = new Shortlist([Asked.Tool("t", "Does\nit.", schema)]) }, default);
        _client.Last.Messages[0].Text.Should().Contain($"- t{signature}: Does it.\n");
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
