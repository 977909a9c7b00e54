using System.Collections.Immutable;
using Bridge.Mcp.SignIn;

namespace Bridge.Mcp.Credentials;

/// <summary>What one client has at a server; never the secrets.</summary>
/// <param name="Client">The client.</param>
public sealed record ClientCredentialState(string Client)
{
    /// <summary>The names of its values.</summary>
    public ImmutableArray<string> Values { get; init; } = [];

    /// <summary>Its login; <see langword="null"/> when there is none.</summary>
    public LoginState? Login { get; init; }

    /// <summary>The client whose credential it uses; <see langword="null"/> when it has its own, or none.</summary>
    public string? Uses { get; init; }

    /// <summary>What it lacks, with the cure; <see langword="null"/> when it can connect.</summary>
    public string? Missing { get; init; }
}
