using Bridge.Outcomes;
using Bridge.Tools;
using Microsoft.Extensions.Logging;

namespace Bridge.Execution;

/// <summary>Hands the call to its source, once. There is no second try: nobody could know what the first one did.</summary>
/// <param name="logger">Where lost answers are told.</param>
internal sealed class SourceStage(ILogger logger) : ICallStage
{
    private static readonly Reason s_none = new(ReasonKind.None, "");

    /// <inheritdoc/>
    public async ValueTask<CallOutcome> RunAsync(CallState call, CancellationToken cancellationToken)
    {
        if (call.Context.Mock)
        {
            return call.End(
                CallStatus.Skipped, ReasonKind.NotExecuted, $"The call of '{call.Tool.Id}' is valid; it did not run, because this is a mock run.");
        }

        cancellationToken.ThrowIfCancellationRequested();
        try
        {
            call.Running = Task.CompletedTask;
            Task<ToolResult> running = call.Request.Entry.Source.CallAsync(call.Call, call.Context, cancellationToken);
            call.Running = running;
            ToolResult result = await (running.IsCompleted ? running : running.WaitAsync(cancellationToken)).ConfigureAwait(false);
            return result.IsError
                ? call.End(CallStatus.ToolError, new Reason(
                    ReasonKind.ToolReportedError, $"The tool '{call.Tool.Id}' reported an error; its result says which."), result)
                : call.End(CallStatus.Succeeded, s_none, result);
        }
        catch (Exception error) when (error is not OperationCanceledException && cancellationToken.IsCancellationRequested)
        {
            // Told to stop, the source broke in its own way.
            throw new OperationCanceledException("The call was cancelled.", error, cancellationToken);
        }
        catch (ToolSourceException error)
        {
            logger.SourceFailed(error, call.Tool.Id, call.Call.Id, error.Sent);
            return error.Sent
                ? call.End(CallStatus.Failed, ReasonKind.OutcomeUnknown, Sentence(
                    error, $"The call of '{call.Tool.Id}' was sent and its answer was lost, so nobody knows whether it ran: check before trying again."))
                : call.End(CallStatus.Failed, ReasonKind.SourceUnavailable, Sentence(
                    error, $"The source '{call.Tool.Id.Source}' could not be reached, so '{call.Tool.Id}' did not run."));
        }
        catch (OperationCanceledException error) when (!cancellationToken.IsCancellationRequested)
        {
            logger.SourceFailed(error, call.Tool.Id, call.Call.Id, sent: true);
            return call.End(
                CallStatus.Failed,
                ReasonKind.OutcomeUnknown,
                $"The source '{call.Tool.Id.Source}' gave up on '{call.Tool.Id}' by itself, so nobody knows whether it ran: check before trying again.");
        }
    }

    private static string Sentence(ToolSourceException error, string ours) => $"{ours} {error.Message}";
}
