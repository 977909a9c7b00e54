using Bridge.Outcomes;
using Microsoft.Extensions.Logging;

namespace Bridge.Execution;

/// <summary>Turns what the stages behind it throw into outcomes: cancellation by the caller, and faults, whose detail only the log sees.</summary>
/// <param name="next">The next stage.</param>
/// <param name="logger">Where faults are told in full.</param>
internal sealed class FaultStage(ICallStage next, ILogger logger) : ICallStage
{
    /// <inheritdoc/>
    public async ValueTask<CallOutcome> RunAsync(CallState call, CancellationToken cancellationToken)
    {
        try
        {
            cancellationToken.ThrowIfCancellationRequested();
            return await next.RunAsync(call, cancellationToken).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            logger.CallCancelled(call.Tool.Id, call.Call.Id);
            return call.End(CallStatus.Cancelled, ReasonKind.Cancelled, call.Running is null
                ? $"The caller cancelled before the tool '{call.Tool.Id}' was called; it did not run."
                : $"The caller cancelled while the tool '{call.Tool.Id}' ran; it was told to stop, and nobody knows how far it came.");
        }
#pragma warning disable CA1031 // The door answers with outcomes; what a source or a hook throws must not take the prompt down.
        catch (Exception error)
#pragma warning restore CA1031
        {
            logger.CallFaulted(error, call.Tool.Id, call.Call.Id, call.ExecutionId);
            return call.End(CallStatus.Failed, ReasonKind.InternalError, call.Running is null
                ? $"Bridge failed before the tool '{call.Tool.Id}' was called, so it did not run: look for '{call.ExecutionId}' in the log."
                : $"Bridge failed while the tool '{call.Tool.Id}' was called, and nobody knows whether it ran: look for '{call.ExecutionId}' in the log.");
        }
    }
}
