using System.Collections.Frozen;

namespace Bridge.Tools;

/// <summary>Who calls: a person at this machine, or a client that authenticated.</summary>
/// <param name="Id">A stable id that may be logged; never a credential.</param>
public sealed record ClientIdentity(string Id)
{
    /// <summary>The user of this process.</summary>
    public static ClientIdentity Local { get; } = new("local");

    /// <summary>What the client's key allows, such as <c>admin</c>.</summary>
    public FrozenSet<string> Scopes { get; init; } = [];
}
