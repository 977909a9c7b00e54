using System.Collections.Frozen;
using System.Collections.Immutable;
using Bridge.Tools;

namespace Bridge.Catalog;

/// <summary>All tools of all sources for one identity at one moment. Immutable.</summary>
public sealed class CatalogSnapshot
{
    private readonly FrozenDictionary<ToolId, CatalogEntry> _byId;
    private readonly FrozenDictionary<string, ImmutableArray<CatalogEntry>> _byName;

    /// <summary>Makes a snapshot.</summary>
    /// <param name="version">A text that changes whenever the content does.</param>
    /// <param name="entries">The tools with their sources, in catalog order, those that wait for a person too.</param>
    /// <param name="quarantined">The tools that cannot be offered.</param>
    /// <param name="sources">How each source is.</param>
    public CatalogSnapshot(
        string version,
        ImmutableArray<CatalogEntry> entries,
        ImmutableArray<QuarantinedTool> quarantined,
        ImmutableArray<CatalogSource> sources)
    {
        Version = version;
        Known = entries;
        Entries = entries.Any(entry => entry.IsWaiting) ? [.. entries.Where(entry => !entry.IsWaiting)] : entries;
        Quarantined = quarantined;
        Sources = sources;
        Tools = [.. Entries.Select(entry => entry.Tool)];
        _byId = entries.ToFrozenDictionary(entry => entry.Tool.Id);
        _byName = entries.GroupBy(entry => entry.Tool.Id.Name, StringComparer.Ordinal)
            .ToFrozenDictionary(group => group.Key, group => group.ToImmutableArray(), StringComparer.Ordinal);
    }

    /// <summary>A text that changes whenever the content does.</summary>
    public string Version { get; }

    /// <summary>The tools that are offered and those that wait for a person, in catalog order.</summary>
    public ImmutableArray<CatalogEntry> Known { get; }

    /// <summary>The tools with their sources, in catalog order: by configured source, then as the source lists them.</summary>
    public ImmutableArray<CatalogEntry> Entries { get; }

    /// <summary>The tools, in catalog order.</summary>
    public ImmutableArray<Tool> Tools { get; }

    /// <summary>The tools that cannot be offered, and why.</summary>
    public ImmutableArray<QuarantinedTool> Quarantined { get; }

    /// <summary>How each source is.</summary>
    public ImmutableArray<CatalogSource> Sources { get; }

    /// <summary>How long it holds; <see langword="null"/> until a source tells of a change.</summary>
    public Freshness? Freshness { get; init; }

    /// <summary>Finds a tool by id; one that waits too, because the door says why it must not be called.</summary>
    /// <param name="id">The id.</param>
    /// <returns>The tool and its source; <see langword="null"/> when there is none.</returns>
    public CatalogEntry? Find(ToolId id) => _byId.GetValueOrDefault(id);

    /// <summary>Finds the tools that a person may mean: the one of that id, else all of that bare name, those that wait too.</summary>
    /// <param name="idOrName">An id or a bare name.</param>
    /// <returns>None, one, or several when the name is ambiguous.</returns>
    public ImmutableArray<CatalogEntry> FindAll(string idOrName)
    {
        if (ToolId.TryParse(idOrName, out ToolId id) && Find(id) is { } entry)
        {
            return [entry];
        }

        return _byName.GetValueOrDefault(idOrName, []);
    }
}

/// <summary>A tool and the source that runs it.</summary>
/// <param name="Tool">The tool.</param>
/// <param name="Source">The source.</param>
public sealed record CatalogEntry(Tool Tool, IToolSource Source)
{
    /// <summary>Whether it waits for a person, because it was added or changed after its source was trusted: it is not offered.</summary>
    public bool IsWaiting { get; init; }
}

/// <summary>How one source is, as the catalog saw it.</summary>
/// <param name="Id">The source's id.</param>
/// <param name="Status">Its status.</param>
/// <param name="ToolCount">How many of its tools can be called.</param>
public sealed record CatalogSource(string Id, SourceStatus Status, int ToolCount);
