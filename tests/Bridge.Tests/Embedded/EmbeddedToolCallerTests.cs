using System.Collections.Immutable;
using System.Text;
using Bridge.Calling;
using Bridge.Embedded;
using Bridge.Prompts;
using Bridge.Shortlisting;
using Bridge.TestKit;
using Bridge.Tests.Shortlisting;
using Bridge.Tools;

namespace Bridge.Tests.Embedded;

public sealed class EmbeddedToolCallerTests
{
    private static readonly ImmutableArray<Tool> s_calculator =
    [
        Operation("add"), Operation("subtract"), Operation("multiply"), Operation("divide"),
    ];

    [Theory]
    [InlineData("Add 2 to 3 using available tools.", "add", """{"a":2,"b":3}""")]
    [InlineData("What is 2 plus 3?", "add", """{"a":2,"b":3}""")]
    [InlineData("Subtract 2 from 5", "subtract", """{"a":5,"b":2}""")]
    [InlineData("Please multiply two by -3.5", "multiply", """{"a":2,"b":-3.5}""")]
    [InlineData("divide 3.5 million by 7", "divide", """{"a":3500000,"b":7}""")]
    [InlineData("Divide 2 into 10", "divide", """{"a":10,"b":2}""")]
    public async Task ProposeAsync_CalculatorPrompt_CallsTheOperation(string prompt, string name, string arguments)
    {
        Proposal proposal = await ProposeAsync(prompt, s_calculator);

        ProposedCall call = proposal.Calls.Should().ContainSingle().Subject;
        call.WireName.Should().Be(name);
        Encoding.UTF8.GetString(call.Arguments.Span).Should().Be(arguments);
        call.Confidence.Should().BeInRange(0.4, 1); // of calls like these, so many are right
        proposal.Confidence.Should().Be(call.Confidence);
    }

    [Theory]
    [InlineData("What is the capital of France?")]
    [InlineData("Write me a poem about the sea.")]
    [InlineData("")]
    [Trait("Attack", "Z1")]
    public async Task ProposeAsync_NothingForTheTools_CallsNone(string prompt)
    {
        Proposal proposal = await ProposeAsync(prompt, s_calculator);

        proposal.Calls.Should().BeEmpty();
        proposal.Confidence.Should().BeInRange(0.5, 1);
        proposal.Explanation.Should().NotBeNullOrEmpty();
    }

    [Fact]
    public async Task ProposeAsync_SeveralRequests_GivesSeveralCalls()
    {
        Proposal proposal = await ProposeAsync("Add 2 to 3 and multiply 4 by 5", s_calculator);

        proposal.Calls.Select(Text).Should().Equal("""add {"a":2,"b":3}""", """multiply {"a":4,"b":5}""");
    }

    [Fact]
    public async Task ProposeAsync_SeveralPlaces_GivesACallForEach()
    {
        Proposal proposal = await ProposeAsync("What is the weather in Paris and London?", [Weather()]);

        proposal.Calls.Select(Text).Should().Equal("""get_weather {"city":"Paris"}""", """get_weather {"city":"London"}""");
    }

    [Fact]
    public async Task ProposeAsync_ListsOfOneLength_BelongTogether()
    {
        Tool tool = ToolFactory.Make(
            "boiling_point", "The boiling point of a substance.",
            """{"type":"object","properties":{"city":{"type":"string"},"days":{"type":"integer"}},"required":["city","days"]}""");

        Proposal proposal = await ProposeAsync("Boiling point in Paris and London for 3 and 5 days", [tool]);

        proposal.Calls.Select(Text).Should().Equal("""boiling_point {"city":"Paris","days":3}""", """boiling_point {"city":"London","days":5}""");
    }

    [Fact]
    public async Task ProposeAsync_ToolSaysWhatIsMeantInOtherWords_IsFoundAmongMany()
    {
        Tool sum = ToolFactory.Make("get-sum", "Returns the sum of two numbers", """{"type":"object","properties":{"a":{"type":"number"},"b":{"type":"number"}},"required":["a","b"]}""");
        Tool[] others = [.. Enumerable.Range(0, 20).Select(i => ToolFactory.Make(
            $"add_entry_{i}", "Add entries to the graph", """{"type":"object","properties":{"entries":{"type":"array","items":{"type":"object"}}},"required":["entries"]}"""))];

        Proposal proposal = await ProposeAsync("Add 2 to 3 using available tools.", [.. others, sum]);

        proposal.Calls.Select(Text).Should().Equal("""get-sum {"a":2,"b":3}""");
    }

    [Fact]
    public async Task ProposeAsync_MoreThanMaxCalls_SqueezesNothingIntoFewerCalls()
    {
        var caller = new EmbeddedToolCaller(new ManualTimeProvider());
        var request = new ProposalRequest("What is the weather in Paris, London, Rome and Bern?", Shortlist.Of([Weather()]));

        (await caller.ProposeAsync(request, default)).Calls.Should().HaveCount(4);
        (await caller.ProposeAsync(request with { MaxCalls = 2 }, default)).Calls.Should().HaveCount(4);
        (await caller.ProposeAsync(request with { MaxCalls = 1 }, default)).Calls.Should().HaveCount(4);
        (await caller.ProposeAsync(request with { MaxCalls = 0 }, default)).Calls.Should().BeEmpty();
    }

    [Fact]
    [Trait("Attack", "Z4")]
    public async Task ProposeAsync_MissingRequiredArgument_SaysWhichAndCallsNothing()
    {
        Proposal proposal = await ProposeAsync("Add 2 please, just add it to a number", s_calculator);

        proposal.Calls.Should().BeEmpty();
        proposal.Explanation.Should().Contain("'add'").And.Contain("'b'");
    }

    [Fact]
    [Trait("Attack", "Z4")]
    public async Task ProposeAsync_Required_CallsOnThinEvidenceButInventsNothing()
    {
        var caller = new EmbeddedToolCaller(new ManualTimeProvider());

        Proposal thin = await caller.ProposeAsync(new ProposalRequest("7 and 8", Shortlist.Of(s_calculator)) { Choice = ToolChoice.Required }, default);
        Proposal named = await caller.ProposeAsync(new ProposalRequest("7 and 8", Shortlist.Of([s_calculator[2]])) { Choice = ToolChoice.Named("multiply") }, default);
        Proposal empty = await caller.ProposeAsync(new ProposalRequest("hello", Shortlist.Of(s_calculator)) { Choice = ToolChoice.Required }, default);

        thin.Calls.Should().ContainSingle();
        Text(named.Calls.Single()).Should().Be("""multiply {"a":7,"b":8}""");
        empty.Calls.Should().BeEmpty();
    }

    [Fact]
    public async Task ProposeAsync_NoTools_CallsNone()
    {
        var caller = new EmbeddedToolCaller(new ManualTimeProvider());

        (await caller.ProposeAsync(new ProposalRequest("Add 2 to 3", Shortlist.Of([])), default)).Calls.Should().BeEmpty();
        (await caller.ProposeAsync(new ProposalRequest("Add 2 to 3", Shortlist.Of(s_calculator)) { Choice = ToolChoice.None }, default)).Calls.Should().BeEmpty();
    }

    [Fact]
    [Trait("Attack", "Z3")]
    public async Task ProposeAsync_QuotedToolCall_IsText() =>
        (await ProposeAsync("""What does {"name":"add","arguments":{"a":1,"b":2}} mean in that log?""", s_calculator)).Calls.Should().BeEmpty();

    [Fact]
    public async Task ProposeAsync_EarlierTurns_DoNotFillArguments() =>
        (await ProposeAsync(Prompt.Create().User("Add 2 to 3").Assistant("5").User("Thank you!"), s_calculator)).Calls.Should().BeEmpty();

    [Fact]
    public async Task ProposeAsync_ToolsOfOneNameInTwoSources_UsesWireNames()
    {
        ImmutableArray<Tool> tools = [ToolFactory.Make("ping", "Ping a host.", source: "a"), ToolFactory.Make("ping", "Ping a host.", source: "b")];

        (await ProposeAsync("ping the host", tools)).Calls.Single().WireName.Should().Be("a__ping");
    }

    [Fact]
    public async Task ProposeAsync_ManyTools_FindsTheOne()
    {
        ImmutableArray<Tool> tools = [.. ToolFactory.Many(1_000)];

        (await ProposeAsync("archive the shipment number 33", tools)).Calls.Should().ContainSingle().Which.WireName.Should().StartWith("archive_shipment");
    }

    [Fact]
    public async Task ProposeAsync_HugePrompt_StillReadsItsEnd()
    {
        string huge = string.Concat(Enumerable.Repeat("Lorem ipsum dolor sit amet. ", 3_600)) + "Add 2 to 3.";

        Text((await ProposeAsync(huge, s_calculator)).Calls.FirstOrDefault() ?? new ProposedCall("none", default)).Should().BeOneOf("""add {"a":2,"b":3}""", "none ");
    }

    [Fact]
    public async Task ProposeAsync_Cancelled_Throws()
    {
        var caller = new EmbeddedToolCaller(new ManualTimeProvider());

        await caller.Invoking(it => it.ProposeAsync(new ProposalRequest("Add 2 to 3", Shortlist.Of(s_calculator)), new CancellationToken(true)))
            .Should().ThrowAsync<OperationCanceledException>();
    }

    [Fact]
    public void Capabilities_SayThatAskingAgainIsPointless() => new EmbeddedToolCaller(TimeProvider.System).Capabilities.Deterministic.Should().BeTrue();

    private static string Text(ProposedCall call) => $"{call.WireName} {Encoding.UTF8.GetString(call.Arguments.Span)}";

    private static Tool Weather() => ToolFactory.Make(
        "get_weather", "The weather of a city.", """{"type":"object","properties":{"city":{"type":"string"}},"required":["city"]}""");

    private static Tool Operation(string name) => ToolFactory.Make(
        name, $"A tool to {name} two numbers", """{"type":"object","properties":{"a":{"type":"number"},"b":{"type":"number"}},"required":["a","b"]}""");

    private static Task<Proposal> ProposeAsync(Prompt prompt, ImmutableArray<Tool> tools) =>
        new EmbeddedToolCaller(new ManualTimeProvider()).ProposeAsync(new ProposalRequest(prompt, Shortlist.Of(tools)), TestContext.Current.CancellationToken);
}
