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
        call.Confidence.Should().BeInRange(0.5, 1);
        proposal.Confidence.Should().BeInRange(0.5, 1);
    }

    [Theory]
    [InlineData("What is the capital of France?")]
    [InlineData("Write me a poem about the sea.")]
    [InlineData("")]
    public async Task ProposeAsync_NothingForTheTools_CallsNone(string prompt)
    {
        Proposal proposal = await ProposeAsync(prompt, s_calculator);

        proposal.Calls.Should().BeEmpty();
        proposal.Confidence.Should().BeInRange(0.5, 1);
        proposal.Explanation.Should().NotBeNullOrEmpty();
    }

    private static Tool Operation(string name) => ToolFactory.Make(
        name, $"A tool to {name} two numbers", """{"type":"object","properties":{"a":{"type":"number"},"b":{"type":"number"}},"required":["a","b"]}""");

    private static Task<Proposal> ProposeAsync(Prompt prompt, ImmutableArray<Tool> tools) =>
        new EmbeddedToolCaller(new ManualTimeProvider()).ProposeAsync(new ProposalRequest(prompt, Shortlist.Of(tools)), TestContext.Current.CancellationToken);
}
