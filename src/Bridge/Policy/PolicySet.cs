using System.Collections.Immutable;
using Microsoft.Extensions.Logging;

namespace Bridge.Policy;

/// <summary>Configuration's denials and every registered policy, asked in turn; the first denial ends it.</summary>
/// <param name="policies">The registered policies; none is fine.</param>
/// <param name="logger">Where failing policies are named.</param>
internal sealed class PolicySet(IEnumerable<IToolPolicy> policies, ILogger<PolicySet> logger)
{
    private static readonly ValueTask<PolicyDecision> s_allowed = new(PolicyDecision.Allow);

    private readonly ImmutableArray<IToolPolicy> _policies = [.. policies];

    /// <summary>Decides about one call, before its arguments are read.</summary>
    /// <param name="rules">What configuration says at this moment.</param>
    /// <param name="rule">What it says of the tool.</param>
    /// <param name="request">Who wants to call what.</param>
    /// <param name="cancellationToken">Ends the decision.</param>
    /// <returns>The decision, its reason a full sentence.</returns>
    public ValueTask<PolicyDecision> DecideAsync(RulesSnapshot rules, ToolRule rule, PolicyRequest request, CancellationToken cancellationToken)
    {
        if (rule.Deny)
        {
            return new(PolicyDecision.Deny(
                $"Configuration forbids the tool '{request.Tool.Id}': remove 'Deny' from the entry of Bridge:Tools that fits it, or call another tool."));
        }

        PolicyDecision written = rules.Policy.Decide(request);
        return !written.Allowed ? new(written) : _policies.IsEmpty ? s_allowed : AskAllAsync(
            request, static (policy, asked, cancelled) => policy.DecideAsync(asked, cancelled), cancellationToken);
    }

    /// <summary>Whether anybody looks at arguments.</summary>
    /// <param name="rules">What configuration says at this moment.</param>
    /// <returns>Whether <see cref="DecideOnArgumentsAsync"/> must be asked.</returns>
    public bool LooksAtArguments(RulesSnapshot rules) => rules.Policy.HasConditions || !_policies.IsEmpty;

    /// <summary>Decides about one call by its arguments.</summary>
    /// <param name="rules">What configuration says at this moment.</param>
    /// <param name="request">The call, with its arguments.</param>
    /// <param name="cancellationToken">Ends the decision.</param>
    /// <returns>The decision, its reason a full sentence.</returns>
    public ValueTask<PolicyDecision> DecideOnArgumentsAsync(RulesSnapshot rules, PolicyRequest request, CancellationToken cancellationToken)
    {
        PolicyDecision written = rules.Policy.Decide(request);
        return !written.Allowed ? new(written) : _policies.IsEmpty ? s_allowed : AskAllAsync(
            request, static (policy, asked, cancelled) => policy.DecideOnArgumentsAsync(asked, cancelled), cancellationToken);
    }

    private async ValueTask<PolicyDecision> AskAllAsync(
        PolicyRequest request, Func<IToolPolicy, PolicyRequest, CancellationToken, ValueTask<PolicyDecision>> ask, CancellationToken cancellationToken)
    {
        foreach (IToolPolicy policy in _policies)
        {
            PolicyDecision decision = await AskAsync(policy, request, ask, cancellationToken).ConfigureAwait(false);
            if (!decision.Allowed)
            {
                return decision;
            }
        }

        return PolicyDecision.Allow;
    }

    private async ValueTask<PolicyDecision> AskAsync(
        IToolPolicy policy,
        PolicyRequest request,
        Func<IToolPolicy, PolicyRequest, CancellationToken, ValueTask<PolicyDecision>> ask,
        CancellationToken cancellationToken)
    {
        try
        {
            PolicyDecision decision = await ask(policy, request, cancellationToken).ConfigureAwait(false);
            return decision.Allowed || !string.IsNullOrWhiteSpace(decision.Reason)
                ? decision
                : PolicyDecision.Deny($"The policy '{policy.GetType().Name}' forbids the tool '{request.Tool.Id}' and gives no reason.");
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            throw;
        }
#pragma warning disable CA1031 // A policy that fails in any way must not open the door.
        catch (Exception error)
#pragma warning restore CA1031
        {
            logger.PolicyFailed(error, policy.GetType().Name, request.Tool.Id);
            return PolicyDecision.Deny(
                $"The policy '{policy.GetType().Name}' failed, so the call of '{request.Tool.Id}' is denied; the log has the detail.");
        }
    }
}
