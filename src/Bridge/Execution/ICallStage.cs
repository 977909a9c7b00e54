using Bridge.Outcomes;

namespace Bridge.Execution;

/// <summary>One step on the way of every call. Thread-safe; each knows the next, and nothing reaches a tool around them.</summary>
internal interface ICallStage
{
    /// <summary>Takes a call on, or turns it away.</summary>
    /// <param name="call">The call, and what is known of it so far.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    /// <returns>What became of it.</returns>
    ValueTask<CallOutcome> RunAsync(CallState call, CancellationToken cancellationToken);
}
