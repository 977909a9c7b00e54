namespace Bridge.Policy;

/// <summary>What a policy decided.</summary>
/// <param name="Allowed">Whether the call may go on.</param>
/// <param name="Reason">Why not, a full sentence fit for a model and a person; empty when allowed.</param>
public readonly record struct PolicyDecision(bool Allowed, string Reason)
{
    /// <summary>The call may go on.</summary>
    public static PolicyDecision Allow { get; } = new(true, "");

    /// <summary>The call must not be made.</summary>
    /// <param name="reason">Why, a full sentence.</param>
    /// <returns>The decision.</returns>
    public static PolicyDecision Deny(string reason) => new(false, reason);
}
