using System.Collections.Immutable;
using Bridge.Tools;
using Microsoft.Extensions.Logging;

namespace Bridge.Policy;

/// <summary>Configuration's denials and every registered policy, asked in turn; the first denial ends it.</summary>
/// <param name="policies">The registered policies; none is fine.</param>
/// <param name="logger">Where failing policies are named.</param>
internal sealed class PolicySet(IEnumerable<IToolPolicy> policies, ILogger<PolicySet> logger)
{
    private static readonly ValueTask<PolicyDecision> s_allowed = new(PolicyDecision.Allow);

    private readonly ImmutableArray<IToolPolicy> _policies = [.. policies];

    /// <summary>Decides about one call.</summary>
    /// <param name="rule">What configuration says of the tool.</param>
    /// <param name="tool">The tool.</param>
    /// <param name="context">On whose behalf.</param>
    /// <param name="origin">Where the call comes from.</param>
    /// <param name="cancellationToken">Ends the decision.</param>
    /// <returns>The decision, its reason a full sentence.</returns>
    public ValueTask<PolicyDecision> DecideAsync(
        ToolRule rule, Tool tool, CallContext context, CallOrigin origin, CancellationToken cancellationToken)
    {
        if (rule.Deny)
        {
            return new(PolicyDecision.Deny(
                $"Configuration forbids the tool '{tool.Id}': remove 'Deny' from the entry of Bridge:Tools that fits it, or call another tool."));
        }

        return _policies.IsEmpty
            ? s_allowed
            : AskAllAsync(new PolicyRequest(tool, context.Identity, origin, context.Depth), cancellationToken);
    }

    private async ValueTask<PolicyDecision> AskAllAsync(PolicyRequest request, CancellationToken cancellationToken)
    {
        foreach (IToolPolicy policy in _policies)
        {
            PolicyDecision decision = await AskAsync(policy, request, cancellationToken).ConfigureAwait(false);
            if (!decision.Allowed)
            {
                return decision;
            }
        }

        return PolicyDecision.Allow;
    }

    private async ValueTask<PolicyDecision> AskAsync(IToolPolicy policy, PolicyRequest request, CancellationToken cancellationToken)
    {
        try
        {
            PolicyDecision decision = await policy.DecideAsync(request, cancellationToken).ConfigureAwait(false);
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
