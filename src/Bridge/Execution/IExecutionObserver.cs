using Bridge.Outcomes;
using Bridge.Tools;

namespace Bridge.Execution;

/// <summary>Who wants to know of calls as they start and end. Calls that run together tell it at the same time.</summary>
public interface IExecutionObserver
{
    /// <summary>A call goes to the door.</summary>
    /// <param name="call">The call.</param>
    void Started(ToolCall call);

    /// <summary>A call ended; also told of calls that were cancelled before they started.</summary>
    /// <param name="outcome">What became of it.</param>
    void Ended(CallOutcome outcome);
}
