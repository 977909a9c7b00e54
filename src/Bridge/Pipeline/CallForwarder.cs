using Bridge.Execution;
using Bridge.Outcomes;
using Bridge.Tools;

namespace Bridge.Pipeline;

/// <summary>Tells the listener of a prompt of each call.</summary>
internal sealed class CallForwarder(Action<BridgeEvent> listener) : IExecutionObserver
{
    public void Started(ToolCall call) => listener(new CallStarted(call));

    public void Ended(CallOutcome outcome) => listener(new CallEnded(outcome));
}
