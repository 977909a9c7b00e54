using Bridge.Outcomes;
using Microsoft.Extensions.Logging;

namespace Bridge.Execution;

/// <summary>Records that a call starts, before its source hears of it. What cannot be recorded does not run.</summary>
/// <param name="next">The next stage.</param>
/// <param name="recorder">Writes the records.</param>
/// <param name="logger">Where a failing log is told in full.</param>
internal sealed class AuditStage(ICallStage next, CallRecorder recorder, ILogger logger) : ICallStage
{
    /// <inheritdoc/>
    public ValueTask<CallOutcome> RunAsync(CallState call, CancellationToken cancellationToken)
    {
        ValueTask written;
        try
        {
            written = recorder.StartedAsync(call, cancellationToken);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return new(Refuse(call, error));
        }

        if (!written.IsCompletedSuccessfully)
        {
            return WaitAsync(call, written, cancellationToken);
        }

        call.Recorded = true;
        return next.RunAsync(call, cancellationToken);
    }

    private async ValueTask<CallOutcome> WaitAsync(CallState call, ValueTask written, CancellationToken cancellationToken)
    {
        try
        {
            await written.ConfigureAwait(false);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return Refuse(call, error);
        }

        call.Recorded = true;
        return await next.RunAsync(call, cancellationToken).ConfigureAwait(false);
    }

    private CallOutcome Refuse(CallState call, Exception error)
    {
        logger.StartNotRecorded(error, call.Tool.Id, call.Call.Id, call.ExecutionId);
        return call.End(
            CallStatus.Failed,
            ReasonKind.InternalError,
            $"The call of '{call.Tool.Id}' could not be recorded in the audit log, and what is not recorded does not run: make room or rights in the data folder; look for '{call.ExecutionId}' in the log.");
    }
}
