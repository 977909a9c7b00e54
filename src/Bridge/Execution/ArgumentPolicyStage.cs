using System.Text.Json;
using Bridge.Outcomes;
using Bridge.Policy;
using Bridge.Schemas.Json;

namespace Bridge.Execution;

/// <summary>Asks policy again about the arguments that will be sent, after they were validated and repaired.</summary>
/// <param name="next">The next stage.</param>
/// <param name="policies">The policies.</param>
internal sealed class ArgumentPolicyStage(ICallStage next, PolicySet policies) : ICallStage
{
    /// <inheritdoc/>
    public ValueTask<CallOutcome> RunAsync(CallState call, CancellationToken cancellationToken)
    {
        if (!policies.LooksAtArguments(call.Rules))
        {
            return next.RunAsync(call, cancellationToken);
        }

        JsonElement arguments = StrictJson.Parse(call.Call.Arguments);
        ValueTask<PolicyDecision> decision = policies.DecideOnArgumentsAsync(call.Rules, call.PolicyRequest with { Arguments = arguments }, cancellationToken);
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
