using Bridge.Outcomes;
using Microsoft.Extensions.Logging;

namespace Bridge.Execution;

/// <summary>Records what became of every call, refused ones too, before anybody is told.</summary>
/// <param name="next">The next stage.</param>
/// <param name="recorder">Writes the records.</param>
/// <param name="logger">Where a failing log is told.</param>
internal sealed class RecordStage(ICallStage next, CallRecorder recorder, ILogger logger) : ICallStage
{
    /// <inheritdoc/>
    public async ValueTask<CallOutcome> RunAsync(CallState call, CancellationToken cancellationToken)
    {
        CallOutcome outcome = await next.RunAsync(call, cancellationToken).ConfigureAwait(false);
        try
        {
            await recorder.EndedAsync(call, outcome).ConfigureAwait(false);
        }
#pragma warning disable CA1031 // The call is over: to hide what it did because the record failed would make things worse.
        catch (Exception error)
#pragma warning restore CA1031
        {
            logger.EndNotRecorded(error, call.Tool.Id, call.Call.Id, call.ExecutionId);
        }

        return outcome;
    }
}
