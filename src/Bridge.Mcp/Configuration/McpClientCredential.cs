using System.Collections.Immutable;

namespace Bridge.Mcp.Configuration;

/// <summary>What one client shows to a server in place of others: values of its own, or those of another client.</summary>
public sealed record McpClientCredential
{
    /// <summary>The values of <c>${client:NAME}</c>, by name.</summary>
    public ImmutableSortedDictionary<string, string> Values { get; init; } = McpServerConfig.NoPairs;

    /// <summary>The client whose credential it uses.</summary>
    /// <value>When not set, its own.</value>
    public string? Uses { get; init; }

    /// <inheritdoc/>
    public override string ToString() => Uses ?? $"{Values.Count} values"; // never the values
}
