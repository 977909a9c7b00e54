using Bridge.Configuration;
using Bridge.Outcomes;
using Bridge.Tools;

namespace Bridge.Tests.Execution;

public sealed class LimitStageTests
{
    private readonly DoorFixture _fixture = new();

    [Fact]
    [Trait("Attack", "R3")]
    public async Task ExecuteAsync_NestedTooDeep_IsRefused()
    {
        _fixture.Source.Add("add");

        CallOutcome deepest = await _fixture.CallAsync("add", context: new() { Depth = 4 });
        CallOutcome tooDeep = await _fixture.CallAsync("add", context: new() { Depth = 5 });

        deepest.Status.Should().Be(CallStatus.Succeeded);
        tooDeep.Reason.Kind.Should().Be(ReasonKind.LimitReached);
        tooDeep.Reason.Message.Should().Contain("'fake/add'").And.Contain("Bridge:Limits:MaxDepth");
    }

    [Fact]
    [Trait("Attack", "R3")]
    public async Task ExecuteAsync_NoCallsLeft_IsRefused()
    {
        _fixture.Source.Add("add");

        CallOutcome outcome = await _fixture.CallAsync("add", context: new() { RemainingCalls = 0 });

        outcome.Reason.Kind.Should().Be(ReasonKind.LimitReached);
        _fixture.Source.Calls.Should().BeEmpty();
    }

    [Fact]
    public async Task ExecuteAsync_ArgumentsTooLarge_AreRefusedBeforeTheyAreRead()
    {
        _fixture.Source.Add("add");
        _fixture.Options.Limits.MaxArgumentBytes = 10;

        CallOutcome outcome = await _fixture.CallAsync("add", "not even json");

        outcome.Reason.Kind.Should().Be(ReasonKind.LimitReached);
        outcome.Reason.Message.Should().Contain("13 bytes").And.Contain("at most 10");
    }

    [Fact]
    public async Task ExecuteAsync_NoSlotInTime_IsRefusedAndSaysSo()
    {
        var end = new TaskCompletionSource<ToolResult>();
        _fixture.Source.Add("slow", (_, _, _) => end.Task);
        _fixture.Options.Limits.ConcurrentCallsPerSource = 1;
        _fixture.Options.Tools["fake/slow"] = new ToolOptions { Timeout = TimeSpan.FromMinutes(10) };
        _fixture.Source.Add("add");

        Task<CallOutcome> first = _fixture.CallAsync("slow");
        Task<CallOutcome> second = _fixture.CallAsync("add");
        _fixture.Clock.Advance(TimeSpan.FromMinutes(1));
        CallOutcome refused = await second;
        end.SetResult(ToolResult.FromText("done"));

        refused.Reason.Kind.Should().Be(ReasonKind.LimitReached);
        refused.Reason.Message.Should().Contain("ConcurrentCallsPerSource").And.Contain("did not run");
        (await first).Status.Should().Be(CallStatus.Succeeded);
    }

    [Fact]
    public async Task ExecuteAsync_CallerCancelsWhileWaitingForASlot_IsCancelled()
    {
        var end = new TaskCompletionSource<ToolResult>();
        _fixture.Source.Add("slow", (_, _, _) => end.Task);
        _fixture.Options.Limits.ConcurrentCallsPerSource = 1;
        using var cancel = new CancellationTokenSource();

        Task<CallOutcome> first = _fixture.CallAsync("slow");
        Task<CallOutcome> second = _fixture.CallAsync("slow", cancellationToken: cancel.Token);
        await cancel.CancelAsync();

        (await second).Status.Should().Be(CallStatus.Cancelled);
        end.SetResult(ToolResult.FromText("done"));
        await first;
        _fixture.Source.Calls.Should().HaveCount(1);
    }

    [Fact]
    public async Task ExecuteAsync_ManyCallsAtOnce_NeverMoreThanConfiguredRun()
    {
        int running = 0, most = 0;
        _fixture.Options.Limits.ConcurrentCallsPerSource = 3;
        _fixture.Source.Add("busy", async (_, _, _) =>
        {
            int now = Interlocked.Increment(ref running);
            InterlockedMax(ref most, now);
            await Task.Yield();
            Interlocked.Decrement(ref running);
            return ToolResult.FromText("ok");
        });

        CallOutcome[] outcomes = await Task.WhenAll(Enumerable.Range(0, 100).Select(_ => Task.Run(() => _fixture.CallAsync("busy"))));

        outcomes.Should().OnlyContain(outcome => outcome.Status == CallStatus.Succeeded);
        most.Should().BeInRange(1, 3);
    }

    private static void InterlockedMax(ref int target, int value)
    {
        for (int seen = target; value > seen; seen = target)
        {
            Interlocked.CompareExchange(ref target, value, seen);
        }
    }

    [Fact]
    public async Task ExecuteAsync_CallBecomesATask_FreesItsSourceAndLastsAsLongAsItIsFollowed()
    {
        var began = new TaskCompletionSource();
        _fixture.Source.Add("long", async (_, context, stop) =>
        {
            context.Task!.Begin(null);
            began.SetResult();
            await Task.Delay(Timeout.Infinite, stop);
            return ToolResult.FromText("never");
        });
        _fixture.Source.Add("add");
        _fixture.Options.Limits.ConcurrentCallsPerSource = 1;

        Task<CallOutcome> task = _fixture.CallAsync("long", context: new() { Task = new Follower(TimeSpan.FromHours(1)) });
        await began.Task;
        CallOutcome beside = await _fixture.CallAsync("add");
        _fixture.Clock.Advance(TimeSpan.FromMinutes(59));
        bool endedEarly = task.IsCompleted;
        _fixture.Clock.Advance(TimeSpan.FromMinutes(1));
        CallOutcome late = await task;

        beside.Status.Should().Be(CallStatus.Succeeded, "nobody waits for the task, so it holds no slot of its source");
        endedEarly.Should().BeFalse("the time of calls that are waited for does not count");
        late.Reason.Kind.Should().Be(ReasonKind.TimedOut);
        _fixture.Records.Select(record => record.Event).Should().Equal("started", "started", "ended", "ended");
    }

    [Fact]
    public async Task ExecuteAsync_TaskOfAToolWithBoundsOfItsOwn_KeepsThem()
    {
        var began = new TaskCompletionSource();
        _fixture.Source.Add("long", async (_, context, stop) =>
        {
            context.Task?.Begin(null);
            began.TrySetResult();
            await Task.Delay(Timeout.Infinite, stop);
            return ToolResult.FromText("never");
        });
        _fixture.Options.Tools["fake/long"] = new ToolOptions { Timeout = TimeSpan.FromSeconds(10), ConcurrentCalls = 1 };
        CallContext followed = new() { Task = new Follower(TimeSpan.FromHours(1)) };

        Task<CallOutcome> first = _fixture.CallAsync("long", context: followed);
        await began.Task;
        Task<CallOutcome> second = _fixture.CallAsync("long", context: followed);
        _fixture.Clock.Advance(TimeSpan.FromSeconds(10));

        (await first).Reason.Kind.Should().Be(ReasonKind.TimedOut);
        (await second).Reason.Message.Should().Contain("'ConcurrentCalls'");
    }

    private sealed class Follower(TimeSpan limit) : ITaskFollower
    {
        public TimeSpan Limit => limit;

        public void Begin(TimeSpan? pollInterval)
        {
        }

        public void Report(string message)
        {
        }
    }
}
