using System.Collections.Frozen;
using System.Collections.Immutable;
using Bridge.Catalog;
using Bridge.Shortlisting;

namespace Bridge.Mcp.Listing;

/// <summary>The tools of a catalog as a client sees them: their names here, and the way back. Immutable.</summary>
internal sealed class ToolDirectory
{
    private readonly FrozenDictionary<string, CatalogEntry> _byName;

    private ToolDirectory(ListPages pages, FrozenDictionary<string, CatalogEntry> byName) => (Pages, _byName) = (pages, byName);

    /// <summary>The list.</summary>
    public ListPages Pages { get; }

    /// <summary>Builds the directory.</summary>
    /// <param name="snapshot">The catalog.</param>
    /// <param name="view">What the client sees of it.</param>
    /// <param name="pageSize">How many tools a page holds.</param>
    /// <returns>The directory, in catalog order.</returns>
    public static ToolDirectory Build(CatalogSnapshot snapshot, GatewayView view, int pageSize)
    {
        ImmutableArray<CatalogEntry> entries = [.. snapshot.Entries.Where(entry => view.Shows(entry.Tool.Id.Source))];
        ImmutableArray<string> names = view.Server is null
            ? WireNames.Qualified([.. entries.Select(entry => entry.Tool.Id)])
            : [.. entries.Select(entry => entry.Tool.Id.Name)];
        ListPages pages = ListPages.Write("tools", [.. entries.Select((entry, at) => (ReadOnlyMemory<byte>)DefinitionWriter.Write(entry.Tool, names[at]))], pageSize);
        return new ToolDirectory(pages, names.Zip(entries).ToFrozenDictionary(pair => pair.First, pair => pair.Second, StringComparer.Ordinal));
    }

    /// <summary>Finds a tool by the name it has here.</summary>
    /// <param name="name">The name.</param>
    /// <returns>The tool; <see langword="null"/> when there is none.</returns>
    public CatalogEntry? Find(string name) => _byName.GetValueOrDefault(name);
}
