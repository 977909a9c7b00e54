using Bridge.Outcomes;
using Bridge.Policy;

namespace Bridge.Execution;

/// <summary>Asks configuration and every registered policy, before the arguments are even read.</summary>
/// <param name="next">The next stage.</param>
/// <param name="policies">The policies.</param>
internal sealed class PolicyStage(ICallStage next, PolicySet policies) : ICallStage
{
    /// <inheritdoc/>
    public ValueTask<CallOutcome> RunAsync(CallState call, CancellationToken cancellationToken)
    {
        ValueTask<PolicyDecision> decision = policies.DecideAsync(
            call.Rules, call.Rule, call.PolicyRequest, cancellationToken);
        return decision.IsCompletedSuccessfully
            ? GoOnAsync(call, decision.Result, cancellationToken)
            : WaitAsync(call, decision, cancellationToken);
    }

    private async ValueTask<CallOutcome> WaitAsync(CallState call, ValueTask<PolicyDecision> decision, CancellationToken cancellationToken) =>
        await GoOnAsync(call, await decision.ConfigureAwait(false), cancellationToken).ConfigureAwait(false);

    private ValueTask<CallOutcome> GoOnAsync(CallState call, PolicyDecision decision, CancellationToken cancellationToken) => decision.Allowed
        ? next.RunAsync(call, cancellationToken)
        : new(call.End(CallStatus.Failed, ReasonKind.PolicyDenied, decision.Reason));
}
