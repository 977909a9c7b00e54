using Bridge.Hosting;
using Bridge.Outcomes;
using Bridge.Pipeline;
using Bridge.TestKit;
using Bridge.Tools;
using static Bridge.Tests.Pipeline.BridgeFixture;

namespace Bridge.Tests.Pipeline;

public class StreamTests
{
    [Fact]
    public async Task StreamAsync_OneCall_TellsEveryStep()
    {
        var source = new FakeToolSource("math");
        source.Add("add", (call, context, _) =>
        {
            context.Progress!.Report(new ToolProgress(call.Id, call.Tool.Id, 1, 2, "half"));
            return Task.FromResult(ToolResult.FromText("5"));
        });
        var heard = new List<ToolProgress>();
        await using ToolCallBridge bridge = await CreateAsync(source, new ScriptedToolCaller(ScriptedToolCaller.Call("add", "{}")));

        List<BridgeEvent> events = [];
        await foreach (BridgeEvent next in bridge.StreamAsync("Add.", context: new CallContext { Progress = new Listener(heard) }))
        {
            events.Add(next);
        }

        events.Select(next => next.GetType()).Should().Equal(
            typeof(AttemptMade), typeof(CallStarted), typeof(CallProgressed), typeof(CallEnded), typeof(PromptDone));
        ((PromptDone)events[^1]).Prompt.ToolCalling!.Outcome.Should().Be(PromptOutcome.Called);
        heard.Should().ContainSingle().Which.Message.Should().Be("half");
    }

    [Fact]
    public async Task StreamAsync_RepairedCall_SaysSoWhenItEnds()
    {
        await using ToolCallBridge bridge = await CreateAsync(Calculator(), new ScriptedToolCaller(ScriptedToolCaller.Call("add", """{"a":"2","b":3}""")));

        List<CallOutcome> ended = [];
        await foreach (BridgeEvent next in bridge.StreamAsync("Add 2 to 3."))
        {
            ended.AddRange(next is CallEnded { Outcome: var outcome } ? [outcome] : []);
        }

        ended.Should().ContainSingle().Which.Repairs.Should().ContainSingle();
    }

    [Fact]
    public async Task StreamAsync_Cancelled_StillTellsTheEnd()
    {
        using var cancellation = new CancellationTokenSource();
        var caller = new ScriptedToolCaller(async (request, token) =>
        {
            await cancellation.CancelAsync();
            return await ScriptedToolCaller.Hang(request, token);
        });
        await using ToolCallBridge bridge = await CreateAsync(Calculator(), caller);

        BridgeEvent? last = null;
        await foreach (BridgeEvent next in bridge.StreamAsync("Add.", cancellationToken: cancellation.Token))
        {
            last = next;
        }

        last.Should().BeOfType<PromptDone>().Which.Prompt.ToolCalling!.Outcome.Should().Be(PromptOutcome.Cancelled);
    }

    [Fact]
    public async Task StreamAsync_ReaderLeaves_CancelsTheRun()
    {
        var ended = new TaskCompletionSource();
        var source = new FakeToolSource("slow");
        source.Add("wait", async (_, _, token) =>
        {
            await using CancellationTokenRegistration registration = token.Register(ended.SetResult);
            await Task.Delay(Timeout.Infinite, token);
            return ToolResult.FromText("never");
        });
        await using ToolCallBridge bridge = await CreateAsync(source, new ScriptedToolCaller(ScriptedToolCaller.Call("wait", "{}")));

        await foreach (BridgeEvent next in bridge.StreamAsync("Wait."))
        {
            if (next is CallStarted)
            {
                break;
            }
        }

        await ended.Task.WaitAsync(TimeSpan.FromSeconds(30));
    }

    private sealed class Listener(List<ToolProgress> heard) : IProgress<ToolProgress>
    {
        public void Report(ToolProgress value) => heard.Add(value);
    }
}
