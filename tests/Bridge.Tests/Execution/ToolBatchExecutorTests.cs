using System.Collections.Concurrent;
using System.Collections.Immutable;
using Bridge.Configuration;
using Bridge.Execution;
using Bridge.Outcomes;
using Bridge.Tools;

namespace Bridge.Tests.Execution;

public sealed class ToolBatchExecutorTests : IExecutionObserver
{
    private readonly DoorFixture _fixture = new();
    private readonly ConcurrentQueue<string> _events = new();

    public ToolBatchExecutorTests()
    {
        _fixture.Options.Tools["fake/read*"] = new ToolOptions { ReadOnly = true };
        _fixture.Options.Tools["fake/par"] = new ToolOptions { Parallel = true };
    }

    void IExecutionObserver.Started(ToolCall call) => _events.Enqueue($"+{call.Id}");

    void IExecutionObserver.Ended(CallOutcome outcome) => _events.Enqueue($"-{outcome.Call.Id} {outcome.Status}");

    [Fact]
    public async Task ExecuteAsync_ReadOnlyAndParallelNeighbours_RunTogether()
    {
        var both = new Barrier();
        _fixture.Source.Add("read", (_, _, _) => both.MeetAsync(2, "r"));
        _fixture.Source.Add("par", (_, _, _) => both.MeetAsync(2, "p"));

        ImmutableArray<CallOutcome> outcomes = await RunAsync("read", "par");

        outcomes.Select(outcome => outcome.Result!.ToText()).Should().Equal("r", "p");
        _events.Take(2).Should().Equal("+c0", "+c1");
    }

    [Fact]
    [Trait("Attack", "M4")]
    public async Task ExecuteAsync_OtherCalls_RunInTheOrderProposedWhateverServersSay()
    {
        foreach (string name in new[] { "one", "two" })
        {
            _fixture.Source.Add(name, annotations: new ToolAnnotations { ReadOnly = true, Idempotent = true });
        }

        _fixture.Source.Add("read1");

        await RunAsync("one", "two", "read1", "one");

        _events.Should().Equal(
            "+c0", "-c0 Succeeded", "+c1", "-c1 Succeeded", "+c2", "-c2 Succeeded", "+c3", "-c3 Succeeded");
    }

    [Fact]
    public async Task ExecuteAsync_OneFails_TheOthersStillRun()
    {
        _fixture.Source.Add("bad", (_, _, _) => throw new ToolSourceException("Gone.", sent: false));
        _fixture.Source.Add("good");

        ImmutableArray<CallOutcome> outcomes = await RunAsync("bad", "good");

        outcomes.Select(outcome => outcome.Status).Should().Equal(CallStatus.Failed, CallStatus.Succeeded);
    }

    [Fact]
    public async Task ExecuteAsync_CancelledOnTheWay_EveryCallHasAnOutcome()
    {
        using var cancel = new CancellationTokenSource();
        _fixture.Source.Add("first", async (_, _, cancellationToken) =>
        {
            await cancel.CancelAsync();
            cancellationToken.ThrowIfCancellationRequested();
            return ToolResult.FromText("never");
        });
        _fixture.Source.Add("then");

        ImmutableArray<CallOutcome> outcomes = await RunAsync(["first", "then", "then"], CallContext.Local, cancel.Token);

        outcomes.Should().HaveCount(3).And.OnlyContain(outcome => outcome.Status == CallStatus.Cancelled);
        outcomes[1].Reason.Message.Should().Contain("did not run");
        _events.Should().Equal("+c0", "-c0 Cancelled", "-c1 Cancelled", "-c2 Cancelled");
    }

    [Fact]
    public async Task ExecuteAsync_BudgetOfCalls_IsSharedByAll()
    {
        _fixture.Source.Add("add");

        ImmutableArray<CallOutcome> outcomes = await RunAsync(["add", "add", "add"], new CallContext { RemainingCalls = 2 }, default);

        outcomes.Select(outcome => outcome.Reason.Kind).Should().Equal(ReasonKind.None, ReasonKind.None, ReasonKind.LimitReached);
    }

    [Fact]
    public async Task ExecuteAsync_NoCallsAndNobodyListening_IsFine()
    {
        var batch = new ToolBatchExecutor(_fixture.Door, _fixture.Rules);

        (await batch.ExecuteAsync([], CallContext.Local, null, default)).Should().BeEmpty();
        _fixture.Source.Add("add");
        (await batch.ExecuteAsync([_fixture.Request("add")], CallContext.Local, null, default)).Should().ContainSingle();
    }

    private Task<ImmutableArray<CallOutcome>> RunAsync(params string[] tools) => RunAsync(tools, CallContext.Local, default);

    private Task<ImmutableArray<CallOutcome>> RunAsync(string[] tools, CallContext context, CancellationToken cancellationToken) =>
        new ToolBatchExecutor(_fixture.Door, _fixture.Rules).ExecuteAsync(
            [.. tools.Select((tool, index) => _fixture.Request(tool) with { Id = $"c{index}" })], context, this, cancellationToken);

    /// <summary>Lets nobody go before all are there: calls that do not run together never end.</summary>
    private sealed class Barrier
    {
        private readonly TaskCompletionSource _all = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private int _there;

        public async Task<ToolResult> MeetAsync(int count, string answer)
        {
            if (Interlocked.Increment(ref _there) == count)
            {
                _all.SetResult();
            }

            await _all.Task.WaitAsync(TimeSpan.FromSeconds(30));
            return ToolResult.FromText(answer);
        }
    }
}
