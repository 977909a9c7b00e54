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
}
