using System.Collections.Immutable;
using System.Text.Json;
using Bridge.Tools;

namespace Bridge.Mcp.Connections;

/// <summary>A list of a server, whole.</summary>
/// <param name="Entries">The entries, as the server says them.</param>
/// <param name="Freshness">How long it holds; <see langword="null"/> until the server tells of a change.</param>
internal sealed record UpstreamList(ImmutableArray<JsonElement> Entries, Freshness? Freshness)
{
    /// <summary>A list that a server does not offer.</summary>
    public static UpstreamList Empty { get; } = new([], null);
}
