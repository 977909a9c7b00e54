using Bridge.Configuration;
using Bridge.Outcomes;
using Bridge.TestKit;
using Bridge.Tools;

namespace Bridge.Tests.Execution;

public sealed class ApprovalStageTests
{
    private readonly DoorFixture _fixture = new();

    [Fact]
    public async Task ExecuteAsync_ConfiguredToAskAndNobodyThere_NeedsApproval()
    {
        AskAbout("add");

        CallOutcome outcome = await _fixture.CallAsync("add");

        outcome.Status.Should().Be(CallStatus.NeedsApproval);
        outcome.Reason.Kind.Should().Be(ReasonKind.ApprovalNeeded);
        outcome.Reason.Message.Should().Contain("--yes").And.Contain("'fake/add'");
        _fixture.Source.Calls.Should().BeEmpty();
    }

    [Fact]
    public async Task ExecuteAsync_PersonApproves_RunsExactlyWhatWasShown()
    {
        AskAbout("add");
        var person = FakeUserInteraction.Answering(true);

        CallOutcome outcome = await _fixture.CallAsync("add", """{"a":1}""", new() { Interaction = person });

        outcome.Status.Should().Be(CallStatus.Succeeded);
        person.Asked.Should().ContainSingle().Which.Call.Should().BeSameAs(_fixture.Source.Calls.Single());
    }

    [Fact]
    public async Task ExecuteAsync_PersonRefuses_Fails()
    {
        AskAbout("add");

        CallOutcome outcome = await _fixture.CallAsync("add", context: new() { Interaction = FakeUserInteraction.Answering(false) });

        outcome.Status.Should().Be(CallStatus.Failed);
        outcome.Reason.Kind.Should().Be(ReasonKind.ApprovalDenied);
        _fixture.Source.Calls.Should().BeEmpty();
    }

    [Fact]
    public async Task ExecuteAsync_NobodyCouldBeAsked_NeedsApproval()
    {
        AskAbout("add");

        CallOutcome outcome = await _fixture.CallAsync("add", context: new() { Interaction = FakeUserInteraction.Answering(null) });

        outcome.Status.Should().Be(CallStatus.NeedsApproval);
    }

    [Fact]
    public async Task ExecuteAsync_AskingFails_NeedsApprovalAndLogs()
    {
        AskAbout("add");
        var person = new FakeUserInteraction { Approve = (_, _, _) => throw new InvalidOperationException("no terminal") };

        CallOutcome outcome = await _fixture.CallAsync("add", context: new() { Interaction = person });

        outcome.Status.Should().Be(CallStatus.NeedsApproval);
        _fixture.ApprovalLog.Entries.Should().ContainSingle().Which.Event.Name.Should().Be("AskingFailed");
    }

    [Theory]
    [InlineData(null, 120)]
    [InlineData(5, 5)]
    public async Task ExecuteAsync_NoAnswerInTime_CountsAsRefusal(int? deadlineSeconds, int seconds)
    {
        AskAbout("add");
        DateTimeOffset? deadline = deadlineSeconds is { } left ? _fixture.Clock.GetUtcNow() + TimeSpan.FromSeconds(left) : null;

        Task<CallOutcome> asking = _fixture.CallAsync("add", context: new() { Interaction = Silent(), Deadline = deadline });
        asking.IsCompleted.Should().BeFalse();
        _fixture.Clock.Advance(TimeSpan.FromSeconds(seconds));
        CallOutcome outcome = await asking;

        outcome.Status.Should().Be(CallStatus.Failed);
        outcome.Reason.Kind.Should().Be(ReasonKind.ApprovalDenied);
        outcome.Reason.Message.Should().Contain($"within {seconds} s");
    }

    [Fact]
    public async Task ExecuteAsync_NoTimeLeftToAsk_DoesNotAsk()
    {
        AskAbout("add");
        var person = FakeUserInteraction.Answering(true);

        CallOutcome outcome = await _fixture.CallAsync(
            "add", context: new() { Interaction = person, Deadline = _fixture.Clock.GetUtcNow() - TimeSpan.FromSeconds(1) });

        outcome.Reason.Kind.Should().Be(ReasonKind.ApprovalDenied);
        person.Asked.Should().BeEmpty();
    }

    [Fact]
    public async Task ExecuteAsync_CallerCancelsWhileAPersonIsAsked_IsCancelled()
    {
        AskAbout("add");
        using var cancel = new CancellationTokenSource();

        Task<CallOutcome> asking = _fixture.CallAsync("add", context: new() { Interaction = Silent() }, cancellationToken: cancel.Token);
        await cancel.CancelAsync();

        (await asking).Status.Should().Be(CallStatus.Cancelled);
    }

    [Theory]
    [InlineData(true, true, ApprovalRule.Ask, null, true)]
    [InlineData(true, null, ApprovalRule.Ask, ApprovalRule.Run, true)]
    [InlineData(true, null, ApprovalRule.Run, null, false)]
    [InlineData(true, null, ApprovalRule.Run, ApprovalRule.Ask, true)]
    [InlineData(false, true, ApprovalRule.Ask, ApprovalRule.Ask, true)]
    [InlineData(false, true, ApprovalRule.Ask, null, false)]
    [Trait("Attack", "M4")]
    public async Task ExecuteAsync_Hints_RaiseAndNeverLower(
        bool destructive, bool? readOnly, ApprovalRule destructiveRule, ApprovalRule? toolRule, bool asks)
    {
        _fixture.Source.Add("rm", annotations: new ToolAnnotations { Destructive = destructive, ReadOnly = readOnly });
        _fixture.Options.Approval.Destructive = destructiveRule;
        _fixture.Options.Tools["fake/rm"] = new ToolOptions { Approval = toolRule };

        CallOutcome outcome = await _fixture.CallAsync("rm");

        outcome.Status.Should().Be(asks ? CallStatus.NeedsApproval : CallStatus.Succeeded);
    }

    [Theory]
    [InlineData(ApprovalRule.Run, null, false, CallStatus.Succeeded)]
    [InlineData(ApprovalRule.Ask, null, false, CallStatus.NeedsApproval)]
    [InlineData(ApprovalRule.Ask, ApprovalRule.Run, false, CallStatus.Succeeded)]
    [InlineData(ApprovalRule.Ask, null, true, CallStatus.Succeeded)]
    public async Task ExecuteAsync_ToolWithoutHints_ConfigurationDecides(
        ApprovalRule unannotated, ApprovalRule? toolRule, bool annotated, CallStatus status)
    {
        _fixture.Source.Add("add", annotations: annotated ? new ToolAnnotations { ReadOnly = true } : null);
        _fixture.Options.Approval.Unannotated = unannotated;
        _fixture.Options.Tools["fake/add"] = new ToolOptions { Approval = toolRule };

        (await _fixture.CallAsync("add")).Status.Should().Be(status);
    }

    [Fact]
    public async Task ExecuteAsync_MockRun_AsksNobodyAndTouchesNothing()
    {
        AskAbout("add");

        CallOutcome outcome = await _fixture.CallAsync("add", context: new() { Mock = true });

        outcome.Status.Should().Be(CallStatus.Skipped);
        outcome.Reason.Kind.Should().Be(ReasonKind.NotExecuted);
        _fixture.Source.Calls.Should().BeEmpty();
        _fixture.Source.Listings.Should().Be(0);
    }

    private static FakeUserInteraction Silent() => new()
    {
        Approve = async (_, _, cancellationToken) =>
        {
            await Task.Delay(Timeout.Infinite, cancellationToken);
            return true;
        },
    };

    private void AskAbout(string tool)
    {
        _fixture.Source.Add(tool);
        _fixture.Options.Tools[$"fake/{tool}"] = new ToolOptions { Approval = ApprovalRule.Ask };
    }
}
