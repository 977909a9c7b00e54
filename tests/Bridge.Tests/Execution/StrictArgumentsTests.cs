using Bridge.Execution;
using Bridge.Outcomes;
using Bridge.Tools;

namespace Bridge.Tests.Execution;

public sealed class StrictArgumentsTests
{
    private readonly DoorFixture _fixture = new();

    public StrictArgumentsTests() => _fixture.Source.Add("add");

    [Theory]
    [InlineData("")]
    [InlineData("{")]
    [InlineData("{} {}")]
    [InlineData("""{"a":1,"a":2}""")]
    [InlineData("{/* no */}")]
    [Trait("Attack", "J2")]
    public async Task ExecuteAsync_NotStrictJson_IsRefused(string arguments)
    {
        CallOutcome outcome = await _fixture.CallAsync("add", arguments);

        outcome.Status.Should().Be(CallStatus.Failed);
        outcome.Reason.Kind.Should().Be(ReasonKind.InvalidJson);
        outcome.Reason.Message.Should().StartWith("The arguments of 'fake/add' are not a strict JSON object.");
        _fixture.Source.Calls.Should().BeEmpty();
    }

    [Theory]
    [InlineData("[1]", "an array")]
    [InlineData("\"{}\"", "a string")]
    [InlineData("7", "a number")]
    [InlineData("null", "null")]
    [InlineData("true", "a boolean")]
    public async Task ExecuteAsync_NotAnObject_SaysWhatItIs(string arguments, string what)
    {
        CallOutcome outcome = await _fixture.CallAsync("add", arguments);

        outcome.Reason.Kind.Should().Be(ReasonKind.InvalidJson);
        outcome.Reason.Message.Should().EndWith($"and this is {what}.");
    }

    [Fact]
    [Trait("Attack", "J4")]
    public async Task ExecuteAsync_InvalidUtf8_IsRefused()
    {
        byte[] arguments = [.. "{\"a\":\""u8, 0xff, .. "\"}"u8];

        CallOutcome outcome = await _fixture.Door.ExecuteAsync(
            new CallRequest("c1", _fixture.Source.Entry("add"), arguments), CallContext.Local, default);

        outcome.Reason.Kind.Should().Be(ReasonKind.InvalidJson);
        outcome.Reason.Message.Should().Contain("UTF-8");
    }
}
