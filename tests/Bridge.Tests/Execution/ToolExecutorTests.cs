using System.Text;
using Bridge.Execution;
using Bridge.Outcomes;
using Bridge.Tools;

namespace Bridge.Tests.Execution;

public sealed class ToolExecutorTests
{
    private readonly DoorFixture _fixture = new();

    [Fact]
    public async Task ExecuteAsync_ValidCall_SendsTheBytesThatCameAndReturnsTheResult()
    {
        _fixture.Source.Add("add", "5");
        byte[] arguments = Encoding.UTF8.GetBytes("""{ "b" : 3, "a":2.0 }""");

        CallOutcome outcome = await _fixture.Door.ExecuteAsync(
            new CallRequest("c1", _fixture.Source.Entry("add"), arguments) { Confidence = 0.9 }, CallContext.Local, default);

        outcome.Status.Should().Be(CallStatus.Succeeded);
        outcome.Reason.Should().Be(new Reason(ReasonKind.None, ""));
        outcome.Result!.ToText().Should().Be("5");
        outcome.Confidence.Should().Be(0.9);
        _fixture.Source.Calls.Should().ContainSingle().Which.Arguments.ToArray().Should().Equal(arguments);
    }

    [Fact]
    public async Task ExecuteAsync_ToolReportsError_IsAResultNotAFault()
    {
        _fixture.Source.Add("div", (_, _, _) => Task.FromResult(ToolResult.FromText("by zero", isError: true)));

        CallOutcome outcome = await _fixture.CallAsync("div");

        outcome.Status.Should().Be(CallStatus.ToolError);
        outcome.Reason.Kind.Should().Be(ReasonKind.ToolReportedError);
        outcome.Result!.ToText().Should().Be("by zero");
    }

    [Theory]
    [InlineData(false, ReasonKind.SourceUnavailable)]
    [InlineData(true, ReasonKind.OutcomeUnknown)]
    public async Task ExecuteAsync_SourceFails_WhetherItWasSentDecides(bool sent, ReasonKind kind)
    {
        _fixture.Source.Add("add", (_, _, _) => throw new ToolSourceException("The pipe broke.", sent));

        CallOutcome outcome = await _fixture.CallAsync("add");

        outcome.Status.Should().Be(CallStatus.Failed);
        outcome.Reason.Kind.Should().Be(kind);
        outcome.Reason.Message.Should().EndWith("The pipe broke.");
        _fixture.Source.Calls.Should().HaveCount(1, "a call is never repeated");
    }

    [Fact]
    public async Task ExecuteAsync_SourceThrowsAnything_TellsOnlyTheLog()
    {
        _fixture.Source.Add("add", (_, _, _) => throw new InvalidCastException("secret detail"));

        CallOutcome outcome = await _fixture.CallAsync("add");

        outcome.Status.Should().Be(CallStatus.Failed);
        outcome.Reason.Kind.Should().Be(ReasonKind.InternalError);
        outcome.Reason.Message.Should().NotContain("secret").And.Contain("nobody knows whether it ran");
        string id = outcome.Reason.Message.Split('\'')[3];
        _fixture.Log.Entries.Should().Contain(entry => entry.Message.Contains(id) && entry.Error is InvalidCastException);
    }
}
