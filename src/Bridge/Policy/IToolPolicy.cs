using Bridge.Tools;

namespace Bridge.Policy;

/// <summary>A say in which calls are made. Every registered policy must allow a call; one that throws denies it.</summary>
/// <remarks>Thread-safe. What configuration denies (<c>Bridge:Tools:ID:Deny</c>) is denied before any policy is asked.</remarks>
public interface IToolPolicy
{
    /// <summary>Decides about one call, before its arguments are read.</summary>
    /// <param name="request">Who wants to call what.</param>
    /// <param name="cancellationToken">Ends the decision.</param>
    /// <returns>The decision.</returns>
    ValueTask<PolicyDecision> DecideAsync(PolicyRequest request, CancellationToken cancellationToken);

    /// <summary>Decides about one call again, now that its arguments are known, valid and as they will be sent.</summary>
    /// <param name="request">Who wants to call what, with <see cref="PolicyRequest.Arguments"/>.</param>
    /// <param name="cancellationToken">Ends the decision.</param>
    /// <returns>The decision; allowed when a policy does not look at arguments.</returns>
    ValueTask<PolicyDecision> DecideOnArgumentsAsync(PolicyRequest request, CancellationToken cancellationToken) => new(PolicyDecision.Allow);

    /// <summary>Whether a client is not even shown a tool, because no call of it would be allowed.</summary>
    /// <param name="tool">The tool.</param>
    /// <param name="identity">The client.</param>
    /// <returns>Whether it is left out of lists. The answer may be kept until the tools or the configuration change; no call goes by it.</returns>
    bool Hides(Tool tool, ClientIdentity identity) => false;
}
