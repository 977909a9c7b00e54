using Bridge.Outcomes;
using Bridge.Tools;

namespace Bridge.Tests.Execution;

public sealed class CancellationTests
{
    private readonly DoorFixture _fixture = new();
    private readonly TaskCompletionSource _reached = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private CancellationToken _seen;

    [Fact]
    public async Task ExecuteAsync_CallerCancelsWhileTheToolRuns_IsCancelledAndTellsTheSource()
    {
        AddHangingTool();
        using var cancel = new CancellationTokenSource();

        Task<CallOutcome> running = _fixture.CallAsync("hang", cancellationToken: cancel.Token);
        await _reached.Task;
        await cancel.CancelAsync();
        CallOutcome outcome = await running;

        outcome.Status.Should().Be(CallStatus.Cancelled);
        outcome.Reason.Kind.Should().Be(ReasonKind.Cancelled);
        outcome.Reason.Message.Should().Contain("nobody knows how far it came");
        _seen.IsCancellationRequested.Should().BeTrue();
    }

    [Fact]
    public async Task ExecuteAsync_TimeIsOverWhileTheToolRuns_IsTimedOutAndTellsTheSource()
    {
        AddHangingTool();
        _fixture.Options.Limits.CallTimeout = TimeSpan.FromSeconds(30);

        Task<CallOutcome> running = _fixture.CallAsync("hang");
        await _reached.Task;
        _fixture.Clock.Advance(TimeSpan.FromSeconds(30));
        CallOutcome outcome = await running;

        outcome.Status.Should().Be(CallStatus.Failed);
        outcome.Reason.Kind.Should().Be(ReasonKind.TimedOut);
        outcome.Reason.Message.Should().Contain("did not answer within 30 s");
        outcome.Duration.Should().Be(TimeSpan.FromSeconds(30));
        _seen.IsCancellationRequested.Should().BeTrue();
    }

    [Fact]
    public async Task ExecuteAsync_CancelledBeforeItBegins_NeverReachesTheSource()
    {
        _fixture.Source.Add("add");

        CallOutcome outcome = await _fixture.CallAsync("add", cancellationToken: new CancellationToken(canceled: true));

        outcome.Status.Should().Be(CallStatus.Cancelled);
        outcome.Reason.Message.Should().Contain("did not run");
        _fixture.Source.Calls.Should().BeEmpty();
    }

    [Fact]
    public async Task ExecuteAsync_SourceIgnoresItsToken_IsNotWaitedForButKeepsItsSlot()
    {
        var end = new TaskCompletionSource<ToolResult>(TaskCreationOptions.RunContinuationsAsynchronously);
        _fixture.Source.Add("deaf", (_, _, _) => end.Task);
        _fixture.Source.Add("add", "5");
        _fixture.Options.Limits.ConcurrentCallsPerSource = 1;

        Task<CallOutcome> deaf = _fixture.CallAsync("deaf");
        _fixture.Clock.Advance(TimeSpan.FromMinutes(1));
        (await deaf).Reason.Kind.Should().Be(ReasonKind.TimedOut);

        Task<CallOutcome> waiting = _fixture.CallAsync("add");
        waiting.IsCompleted.Should().BeFalse("the deaf call still holds the only slot");
        end.SetException(new InvalidOperationException("too late"));
        (await waiting).Status.Should().Be(CallStatus.Succeeded);
    }

    [Fact]
    public async Task ExecuteAsync_SourceBreaksInItsOwnWayWhenCancelled_IsStillCancelled()
    {
        using var cancel = new CancellationTokenSource();
        _fixture.Source.Add("rude", (_, _, _) =>
        {
            cancel.Cancel();
            throw new ToolSourceException("The connection closed.", sent: true);
        });

        CallOutcome outcome = await _fixture.CallAsync("rude", cancellationToken: cancel.Token);

        outcome.Status.Should().Be(CallStatus.Cancelled);
    }

    [Fact]
    public async Task ExecuteAsync_SourceGivesUpByItself_IsOutcomeUnknown()
    {
        _fixture.Source.Add("own", (_, _, _) => throw new TaskCanceledException("the client's own time limit"));

        CallOutcome outcome = await _fixture.CallAsync("own");

        outcome.Reason.Kind.Should().Be(ReasonKind.OutcomeUnknown);
        outcome.Reason.Message.Should().Contain("gave up");
    }

    [Fact]
    public async Task ExecuteAsync_DeadlineBeforeTheCallTimeout_Counts()
    {
        AddHangingTool();
        CallContext context = new() { Deadline = _fixture.Clock.GetUtcNow() + TimeSpan.FromSeconds(2) };

        Task<CallOutcome> running = _fixture.CallAsync("hang", context: context);
        await _reached.Task;
        _fixture.Clock.Advance(TimeSpan.FromSeconds(2));

        (await running).Reason.Message.Should().Contain("within 2 s");
    }

    [Fact]
    public async Task ExecuteAsync_DeadlineIsOver_DoesNotRun()
    {
        _fixture.Source.Add("add");

        CallOutcome outcome = await _fixture.CallAsync("add", context: new() { Deadline = _fixture.Clock.GetUtcNow() });

        outcome.Reason.Kind.Should().Be(ReasonKind.TimedOut);
        outcome.Reason.Message.Should().Contain("did not run");
        _fixture.Source.Calls.Should().BeEmpty();
    }

    private void AddHangingTool() => _fixture.Source.Add("hang", async (_, _, cancellationToken) =>
    {
        _seen = cancellationToken;
        _reached.SetResult();
        await Task.Delay(Timeout.Infinite, cancellationToken);
        return ToolResult.FromText("never");
    });
}
