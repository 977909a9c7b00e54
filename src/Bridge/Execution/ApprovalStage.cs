using Bridge.Approval;
using Bridge.Outcomes;

namespace Bridge.Execution;

/// <summary>Waits for a person's consent where it is required; the snapshot a person sees is the one that runs.</summary>
/// <param name="next">The next stage.</param>
/// <param name="gate">Decides and asks.</param>
internal sealed class ApprovalStage(ICallStage next, ApprovalGate gate) : ICallStage
{
    /// <inheritdoc/>
    public ValueTask<CallOutcome> RunAsync(CallState call, CancellationToken cancellationToken)
    {
        if (call.Context.Mock)
        {
            // Nothing will run, so there is nothing to consent to.
            return next.RunAsync(call, cancellationToken);
        }

        ValueTask<ApprovalRefusal?> refusal = gate.PassAsync(
            call.Call, call.Request.Entry.Source, call.Rule, call.Rules.Approval, call.Context, cancellationToken);
        return refusal.IsCompletedSuccessfully
            ? GoOnAsync(call, refusal.Result, cancellationToken)
            : WaitAsync(call, refusal, cancellationToken);
    }

    private async ValueTask<CallOutcome> WaitAsync(CallState call, ValueTask<ApprovalRefusal?> refusal, CancellationToken cancellationToken) =>
        await GoOnAsync(call, await refusal.ConfigureAwait(false), cancellationToken).ConfigureAwait(false);

    private ValueTask<CallOutcome> GoOnAsync(CallState call, ApprovalRefusal? refusal, CancellationToken cancellationToken) => refusal is null
        ? next.RunAsync(call, cancellationToken)
        : new(call.End(refusal.Status, refusal.Reason));
}
