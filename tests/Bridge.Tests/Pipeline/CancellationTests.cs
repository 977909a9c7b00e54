using Bridge.Hosting;
using Bridge.Outcomes;
using Bridge.Pipeline;
using Bridge.Prompts;
using Bridge.TestKit;
using Bridge.Tools;
using static Bridge.Tests.Pipeline.BridgeFixture;

namespace Bridge.Tests.Pipeline;

public class CancellationTests
{
    [Fact]
    public async Task CallerCancels_WhileProposing_IsCancelled()
    {
        using var cancellation = new CancellationTokenSource();
        var caller = new ScriptedToolCaller(async (request, token) =>
        {
            await cancellation.CancelAsync();
            return await ScriptedToolCaller.Hang(request, token);
        });
        await using ToolCallBridge bridge = await CreateAsync(Calculator(), caller);

        Prompt updated = await bridge.UpdateWithToolCall("Add.", cancellationToken: cancellation.Token);

        updated.ToolCalling!.Outcome.Should().Be(PromptOutcome.Cancelled);
        updated.Messages.Should().ContainSingle();
    }

    [Fact]
    public async Task CallerCancels_WhileAToolRuns_CancelsTheTool()
    {
        using var cancellation = new CancellationTokenSource();
        var toolCancelled = new TaskCompletionSource<bool>();
        var source = new FakeToolSource("slow");
        source.Add("wait", async (_, _, token) =>
        {
            await cancellation.CancelAsync();
            toolCancelled.SetResult(token.IsCancellationRequested);
            token.ThrowIfCancellationRequested();
            return ToolResult.FromText("late");
        });
        await using ToolCallBridge bridge = await CreateAsync(source, new ScriptedToolCaller(ScriptedToolCaller.Call("wait", "{}")));

        Prompt updated = await bridge.UpdateWithToolCall("Wait.", cancellationToken: cancellation.Token);

        (await toolCancelled.Task).Should().BeTrue();
        updated.ToolCalling!.Outcome.Should().Be(PromptOutcome.Cancelled);
        updated.ToolCalling.Calls.Single().Status.Should().Be(CallStatus.Cancelled);
    }

    [Fact]
    public async Task TimeLimit_WhileProposing_IsATimeOutNotACancellation()
    {
        await using ToolCallBridge bridge = await CreateAsync(Calculator(), new ScriptedToolCaller(ScriptedToolCaller.Hang));
        Prompt updated = await bridge.UpdateWithToolCall("Add.", new ToolCallOptions { Timeout = TimeSpan.FromMilliseconds(50) });
        updated.ToolCalling!.Outcome.Should().Be(PromptOutcome.Failed);
        updated.ToolCalling.Reason.Kind.Should().Be(ReasonKind.TimedOut);
    }

    [Fact]
    public async Task TimeLimit_LongerThanATimerTakes_IsAccepted()
    {
        await using ToolCallBridge bridge = await CreateAsync(Calculator(), new ScriptedToolCaller(AddTwoAndThree));
        Prompt updated = await bridge.UpdateWithToolCall("Add.", new ToolCallOptions { Timeout = TimeSpan.MaxValue });
        updated.ToolCalling!.Outcome.Should().Be(PromptOutcome.Called);
    }

    [Fact]
    public async Task DeadlineInThePast_EndsAtOnce()
    {
        await using ToolCallBridge bridge = await CreateAsync(Calculator(), new ScriptedToolCaller(ScriptedToolCaller.Hang));
        var context = new CallContext { Deadline = DateTimeOffset.UnixEpoch };
        (await bridge.UpdateWithToolCall("Add.", context: context)).ToolCalling!.Reason.Kind.Should().Be(ReasonKind.TimedOut);
    }

    [Fact]
    public async Task TimeLimit_WhileAToolRuns_FailsThatCall()
    {
        var source = new FakeToolSource("slow");
        source.Add("wait", async (_, _, token) =>
        {
            await Task.Delay(Timeout.Infinite, token);
            return ToolResult.FromText("never");
        });
        await using ToolCallBridge bridge = await CreateAsync(source, new ScriptedToolCaller(ScriptedToolCaller.Call("wait", "{}")));
        Prompt updated = await bridge.UpdateWithToolCall("Wait.", new ToolCallOptions { Timeout = TimeSpan.FromMilliseconds(100) });
        updated.ToolCalling!.Outcome.Should().Be(PromptOutcome.Failed);
        updated.ToolCalling.Reason.Kind.Should().Be(ReasonKind.TimedOut);
    }
}
