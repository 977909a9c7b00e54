using Bridge.Calling;
using Bridge.Hosting;
using Bridge.Outcomes;
using Bridge.Profiles;
using Bridge.Prompts;
using Bridge.TestKit;
using static Bridge.Tests.Pipeline.BridgeFixture;

namespace Bridge.Tests.Pipeline;

public class ResilienceTests
{
    private static readonly ToolCallerException s_busy = new(ReasonKind.CallerUnavailable, "Too many requests.")
    {
        IsTransient = true,
        RetryAfter = TimeSpan.FromMilliseconds(1),
    };

    [Fact]
    public async Task TransientFailure_IsTriedAgain()
    {
        var caller = new ScriptedToolCaller(ScriptedToolCaller.Throws(s_busy), ScriptedToolCaller.Answers(AddTwoAndThree));
        await using ToolCallBridge bridge = await CreateAsync(Calculator(), caller);
        Prompt updated = await bridge.UpdateWithToolCall("Add 2 to 3.");
        updated.ToolCalling!.Outcome.Should().Be(PromptOutcome.Called);
        updated.ToolCalling.Attempts.Select(attempt => attempt.Result).Should().Equal(AttemptResult.Error, AttemptResult.Valid);
        updated.ToolCalling.Attempts[0].Errors.Should().Equal("Too many requests.");
    }

    [Fact]
    public async Task LastingFailure_IsNotTriedAgain()
    {
        var caller = new ScriptedToolCaller(ScriptedToolCaller.Throws(new ToolCallerException(ReasonKind.ContextOverflow, "300 tokens too many.")));
        await using ToolCallBridge bridge = await CreateAsync(Calculator(), caller);
        Prompt updated = await bridge.UpdateWithToolCall("Add 2 to 3.");
        updated.ToolCalling!.Outcome.Should().Be(PromptOutcome.Failed);
        updated.ToolCalling.Reason.Should().Be(new Reason(ReasonKind.ContextOverflow, "300 tokens too many."));
        updated.ToolCalling.Attempts.Should().ContainSingle();
        updated.Messages.Should().ContainSingle();
    }

    [Fact]
    public async Task CallerWithABug_IsAnOutcome()
    {
        var caller = new ScriptedToolCaller(ScriptedToolCaller.Throws(new InvalidDataException("half a body")));
        await using ToolCallBridge bridge = await CreateAsync(Calculator(), caller);
        Prompt updated = await bridge.UpdateWithToolCall("Add 2 to 3.");
        updated.ToolCalling!.Reason.Kind.Should().Be(ReasonKind.CallerUnavailable);
        updated.ToolCalling.Reason.Message.Should().Contain("half a body");
    }

    [Fact]
    public async Task SlowAttempt_IsEndedAndTheNextTried()
    {
        var caller = new ScriptedToolCaller(ScriptedToolCaller.Hang, ScriptedToolCaller.Answers(AddTwoAndThree));
        await using ToolCallBridge bridge = await CreateAsync(Calculator(), caller, new ModelProfile { AttemptTimeout = TimeSpan.FromMilliseconds(50) });
        Prompt updated = await bridge.UpdateWithToolCall("Add 2 to 3.");
        updated.ToolCalling!.Outcome.Should().Be(PromptOutcome.Called);
        updated.ToolCalling.Attempts[0].Result.Should().Be(AttemptResult.TimedOut);
    }

    [Fact]
    public async Task TotalTime_EndsAllAttempts()
    {
        await using ToolCallBridge bridge = await CreateAsync(
            Calculator(), new ScriptedToolCaller(ScriptedToolCaller.Hang), new ModelProfile { TotalTimeout = TimeSpan.FromMilliseconds(50) });
        Prompt updated = await bridge.UpdateWithToolCall("Add 2 to 3.");
        updated.ToolCalling!.Outcome.Should().Be(PromptOutcome.Failed);
        updated.ToolCalling.Reason.Kind.Should().Be(ReasonKind.TimedOut);
    }

    [Fact]
    public async Task Circuit_OpensAfterFailuresAndNamesItself()
    {
        var caller = new ScriptedToolCaller(ScriptedToolCaller.Throws(s_busy));
        await using ToolCallBridge bridge = await CreateAsync(Calculator(), caller, new ModelProfile { Attempts = 2, CircuitFailures = 2 });
        await bridge.UpdateWithToolCall("Add 2 to 3.");

        Prompt updated = await bridge.UpdateWithToolCall("Add 2 to 3.");

        caller.Requests.Should().HaveCount(2, "an open circuit asks nobody");
        updated.ToolCalling!.Reason.Kind.Should().Be(ReasonKind.CallerUnavailable);
        updated.ToolCalling.Reason.Message.Should().Contain("left alone");
        updated.ToolCalling.Attempts.Should().ContainSingle();
    }

    [Fact]
    public async Task ModelThatAnswersFromMemory_IsAskedAgain()
    {
        var caller = new ScriptedToolCaller(Proposal.NoCall, Proposal.NoCall, AddTwoAndThree);
        await using ToolCallBridge bridge = await CreateAsync(Calculator(), caller, new ModelProfile { Attempts = 5, RetryNoCall = true });
        Prompt updated = await bridge.UpdateWithToolCall("Add 2 to 3.");
        updated.ToolCalling!.Outcome.Should().Be(PromptOutcome.Called);
        updated.ToolCalling.Attempts.Should().HaveCount(3);
    }

    [Fact]
    public async Task DeterministicCaller_IsAskedOnce()
    {
        var caller = new ScriptedToolCaller(ScriptedToolCaller.Call("add", "{}")) { Capabilities = new CallerCapabilities { Deterministic = true } };
        await using ToolCallBridge bridge = await CreateAsync(Calculator(), caller);
        (await bridge.UpdateWithToolCall("Add.")).ToolCalling!.Attempts.Should().ContainSingle().Which.Temperature.Should().BeNull();
    }

    [Fact]
    public async Task Cascade_FirstCannotBeReached_AsksTheNext()
    {
        Prompt updated = await RunCascadeAsync(new ScriptedToolCaller(ScriptedToolCaller.Throws(new ToolCallerException(ReasonKind.CallerUnavailable, "down"))), null);
        updated.ToolCalling!.Outcome.Should().Be(PromptOutcome.Called);
        updated.ToolCalling.Attempts.Select(attempt => attempt.Caller).Should().Equal("code-1", "code-2");
    }

    [Fact]
    public async Task Cascade_FirstIsNotSure_AsksTheNext()
    {
        var unsure = new ScriptedToolCaller(ScriptedToolCaller.Call("multiply", """{"a":2,"b":3}""", confidence: 0.2));
        Prompt updated = await RunCascadeAsync(unsure, new ModelProfile { Threshold = 0.5 });
        updated.ToolCalling!.Calls.Single().Call.Tool.Id.Name.Should().Be("add");
        updated.ToolCalling.Attempts[0].Result.Should().Be(AttemptResult.BelowThreshold);
    }

    [Fact]
    public async Task Cascade_FirstIsSureOfNoCall_AsksNoOther()
    {
        Prompt updated = await RunCascadeAsync(new ScriptedToolCaller(Proposal.NoCall with { Confidence = 0.9 }), new ModelProfile { Threshold = 0.5 });
        updated.ToolCalling!.Outcome.Should().Be(PromptOutcome.NoCall);
        updated.ToolCalling.Attempts.Should().ContainSingle();
    }

    [Fact]
    public async Task Cascade_FirstIsUnsureOfNoCall_AsksTheNext()
    {
        Prompt updated = await RunCascadeAsync(new ScriptedToolCaller(Proposal.NoCall with { Confidence = 0.1 }), new ModelProfile { Threshold = 0.5 });
        updated.ToolCalling!.Outcome.Should().Be(PromptOutcome.Called);
    }

    [Fact]
    public async Task BelowThreshold_NamesTheBestRejectedProposal()
    {
        var unsure = new ScriptedToolCaller(ScriptedToolCaller.Call("add", """{"a":2,"b":3}""", confidence: 0.25));
        FakeToolSource source = Calculator();
        await using ToolCallBridge bridge = await CreateAsync(source, unsure, new ModelProfile { Threshold = 0.5 });
        Prompt updated = await bridge.UpdateWithToolCall("Maybe add?");
        updated.ToolCalling!.Outcome.Should().Be(PromptOutcome.NoCall);
        updated.ToolCalling.Reason.Kind.Should().Be(ReasonKind.BelowThreshold);
        updated.ToolCalling.Reason.Message.Should().Contain("'add'").And.Contain("0.25").And.Contain("0.50");
        source.Calls.Should().BeEmpty();
    }

    private static async Task<Prompt> RunCascadeAsync(ScriptedToolCaller first, ModelProfile? profile)
    {
        await using ToolCallBridge bridge = await CreateAsync(
            Calculator(), first, profile, builder => builder.ToolCaller(new ScriptedToolCaller(AddTwoAndThree)));
        return await bridge.UpdateWithToolCall("Add 2 to 3.");
    }
}
