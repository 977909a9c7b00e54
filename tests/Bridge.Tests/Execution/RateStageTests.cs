using Bridge.Configuration;
using Bridge.Outcomes;
using Bridge.Tools;

namespace Bridge.Tests.Execution;

public sealed class RateStageTests
{
    private static readonly CallContext s_other = new() { Identity = new ClientIdentity("key:other") };

    private readonly DoorFixture _fixture = new();

    [Fact]
    public async Task ExecuteAsync_ClientUsedUpItsCalls_IsRefusedRecordedAndServedLater()
    {
        _fixture.Source.Add("add");
        _fixture.Options.Limits.CallsPerMinutePerClient = 2;

        (await _fixture.CallAsync("add")).Status.Should().Be(CallStatus.Succeeded);
        (await _fixture.CallAsync("add")).Status.Should().Be(CallStatus.Succeeded);
        CallOutcome refused = await _fixture.CallAsync("add");
        CallOutcome other = await _fixture.CallAsync("add", context: s_other);
        _fixture.Clock.Advance(TimeSpan.FromSeconds(30));
        CallOutcome later = await _fixture.CallAsync("add");

        refused.Status.Should().Be(CallStatus.Failed);
        refused.Reason.Kind.Should().Be(ReasonKind.RateLimited);
        refused.Reason.Message.Should().Contain("'local'").And.Contain("'fake/add'").And.Contain("in 30 s").And.Contain("Bridge:Limits:CallsPerMinutePerClient");
        other.Status.Should().Be(CallStatus.Succeeded);
        later.Status.Should().Be(CallStatus.Succeeded);
        _fixture.Source.Calls.Should().HaveCount(4);
        _fixture.Records.Should().ContainSingle(record => record.Event == "refused" && record.Reason == "rate_limited");
    }

    [Fact]
    public async Task ExecuteAsync_ToolUsedUpItsCalls_IsRefusedForEveryClientAndOtherToolsRun()
    {
        _fixture.Source.Add("send");
        _fixture.Source.Add("add");
        _fixture.Options.Tools["fake/s*"] = new ToolOptions { CallsPerMinute = 1 };

        (await _fixture.CallAsync("send")).Status.Should().Be(CallStatus.Succeeded);
        CallOutcome refused = await _fixture.CallAsync("send", context: s_other);

        refused.Reason.Kind.Should().Be(ReasonKind.RateLimited);
        refused.Reason.Message.Should().Contain("'CallsPerMinute'").And.Contain("in 60 s");
        (await _fixture.CallAsync("add")).Status.Should().Be(CallStatus.Succeeded);
    }

    [Fact]
    public async Task ExecuteAsync_DeniedCall_CostsNothingOfTheShare()
    {
        _fixture.Source.Add("add");
        _fixture.Source.Add("never");
        _fixture.Options.Limits.CallsPerMinutePerClient = 1;
        _fixture.Options.Tools["fake/never"] = new ToolOptions { Deny = true };

        (await _fixture.CallAsync("never")).Reason.Kind.Should().Be(ReasonKind.PolicyDenied);
        (await _fixture.CallAsync("add")).Status.Should().Be(CallStatus.Succeeded);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task ExecuteAsync_MoreAtOnceThanAllowed_WaitAndRunOneAfterTheOther(bool ofClient)
    {
        var ends = new[] { new TaskCompletionSource<ToolResult>(), new TaskCompletionSource<ToolResult>() };
        int begun = 0;
        _fixture.Source.Add("slow", (_, _, _) => ends[Interlocked.Increment(ref begun) - 1].Task);
        _fixture.Options.Limits.ConcurrentCallsPerClient = ofClient ? 1 : 0;
        _fixture.Options.Tools["fake/slow"] = new ToolOptions { ConcurrentCalls = ofClient ? null : 1 };

        Task<CallOutcome> first = _fixture.CallAsync("slow"), second = _fixture.CallAsync("slow", context: ofClient ? CallContext.Local : s_other);
        begun.Should().Be(1);
        ends[0].SetResult(ToolResult.FromText("1"));
        ends[1].SetResult(ToolResult.FromText("2"));

        (await first).Status.Should().Be(CallStatus.Succeeded);
        (await second).Status.Should().Be(CallStatus.Succeeded);
    }

    [Theory]
    [InlineData(true, "client 'local'", "ConcurrentCallsPerClient")]
    [InlineData(false, "tool 'fake/slow'", "'ConcurrentCalls'")]
    public async Task ExecuteAsync_NoPlaceInTime_IsRefusedAndHoldsNothing(bool ofClient, string whose, string setting)
    {
        var end = new TaskCompletionSource<ToolResult>();
        _fixture.Source.Add("slow", (_, _, _) => end.Task);
        _fixture.Options.Limits.ConcurrentCallsPerSource = 2;
        _fixture.Options.Limits.CallTimeout = TimeSpan.FromMinutes(1);
        _fixture.Options.Limits.ConcurrentCallsPerClient = ofClient ? 1 : 0;
        _fixture.Options.Tools["fake/slow"] = new ToolOptions { ConcurrentCalls = ofClient ? null : 1 };

        Task<CallOutcome> first = _fixture.CallAsync("slow");
        _fixture.Clock.Advance(TimeSpan.FromSeconds(1));
        Task<CallOutcome> second = _fixture.CallAsync("slow", context: new CallContext { Deadline = _fixture.Clock.GetUtcNow().AddSeconds(10) });
        _fixture.Clock.Advance(TimeSpan.FromSeconds(10));
        CallOutcome refused = await second;
        end.SetResult(ToolResult.FromText("done"));
        await first;

        refused.Reason.Kind.Should().Be(ReasonKind.LimitReached);
        refused.Reason.Message.Should().Contain(whose).And.Contain(setting);
        (await _fixture.CallAsync("slow")).Status.Should().Be(CallStatus.Succeeded, "the place is free again");
    }

    [Fact]
    public async Task ExecuteAsync_NestedCall_NeedsNoPlaceOfItsClient()
    {
        _fixture.Source.Add("inner");
        _fixture.Source.Add("outer", async (_, _, _) =>
        {
            CallOutcome inner = await _fixture.CallAsync("inner", context: new CallContext { Depth = 1 }, cancellationToken: CancellationToken.None);
            return ToolResult.FromText($"{inner.Status}");
        });
        _fixture.Options.Limits.ConcurrentCallsPerClient = 1;

        CallOutcome outer = await _fixture.CallAsync("outer");

        outer.Result!.Content.Should().ContainSingle().Which.ToString().Should().Be("Succeeded");
    }
}
