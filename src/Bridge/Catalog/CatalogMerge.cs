using System.Collections.Immutable;
using System.Security.Cryptography;
using System.Text;
using Bridge.Tools;

namespace Bridge.Catalog;

/// <summary>Makes one catalog of what the sources list.</summary>
internal static class CatalogMerge
{
    /// <summary>Merges listings.</summary>
    /// <param name="listings">The listings, in catalog order; of tools with one id, the first stays.</param>
    /// <returns>The catalog.</returns>
    public static CatalogSnapshot Merge(SourceListing[] listings)
    {
        var entries = ImmutableArray.CreateBuilder<CatalogEntry>();
        var quarantined = ImmutableArray.CreateBuilder<QuarantinedTool>();
        var ids = new HashSet<ToolId>();
        foreach ((IToolSource source, ToolListing listing, _, ImmutableArray<QuarantinedTool> waiting) in listings)
        {
            quarantined.AddRange(listing.Quarantined);
            quarantined.AddRange(waiting);
            var held = waiting.Select(tool => tool.Id).ToHashSet();
            foreach (Tool tool in listing.Tools)
            {
                if (ids.Add(tool.Id))
                {
                    entries.Add(new CatalogEntry(tool, source) { IsWaiting = held.Contains(tool.Id) });
                }
                else
                {
                    quarantined.Add(new QuarantinedTool(tool.Id, $"The source '{source.Id}' lists a second tool named '{tool.Id.Name}'."));
                }
            }
        }

        ImmutableArray<CatalogSource> sources =
            [.. listings.Select(listing => new CatalogSource(listing.Source.Id, listing.Status, listing.Listing.Tools.Length - listing.Waiting.Length))];
        return new CatalogSnapshot(VersionOf(entries.Where(entry => !entry.IsWaiting)), entries.ToImmutable(), quarantined.ToImmutable(), sources)
        {
            Freshness = Freshness.Least(listings.Select(listing => listing.Listing.Freshness)),
        };
    }

    private static string VersionOf(IEnumerable<CatalogEntry> entries)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (CatalogEntry entry in entries)
        {
            hash.AppendData(Encoding.UTF8.GetBytes($"{entry.Tool.Id}\n{entry.Tool.DefinitionHash}\n"));
        }

        return Convert.ToHexStringLower(hash.GetHashAndReset().AsSpan(0, 8));
    }
}

/// <summary>What one source lists, and how it is.</summary>
/// <param name="Source">The source.</param>
/// <param name="Listing">Its tools.</param>
/// <param name="Status">Its status.</param>
/// <param name="Waiting">Those of its tools that wait for a person.</param>
internal sealed record SourceListing(IToolSource Source, ToolListing Listing, SourceStatus Status, ImmutableArray<QuarantinedTool> Waiting);
