using System.Collections.Immutable;
using System.Text.Json;
using Bridge.Mcp.Sources;
using Bridge.Tools;

namespace Bridge.Mcp.Listing;

/// <summary>What one server lists of one kind.</summary>
/// <param name="Source">The server.</param>
/// <param name="Entries">The entries, as the server defines them.</param>
/// <param name="Freshness">How long they hold; <see langword="null"/> until the server tells of a change.</param>
internal sealed record SourceFeatures(McpToolSource Source, ImmutableArray<JsonElement> Entries, Freshness? Freshness = null)
{
    /// <summary>The entries that have a key, each with it.</summary>
    /// <param name="member">The member that is the key.</param>
    public IEnumerable<(string Key, JsonElement Entry)> Keyed(string member)
    {
        foreach (JsonElement entry in Entries)
        {
            if (entry.ValueKind == JsonValueKind.Object && entry.TryGetProperty(member, out JsonElement key) && key.ValueKind == JsonValueKind.String)
            {
                yield return (key.GetString()!, entry);
            }
        }
    }

    /// <summary>Whether it is the same list, not only an equal one.</summary>
    public bool IsSame(SourceFeatures other) => ReferenceEquals(Source, other.Source) && Entries == other.Entries && Freshness == other.Freshness;
}
