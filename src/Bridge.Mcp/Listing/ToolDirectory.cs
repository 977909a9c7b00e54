using System.Collections.Frozen;
using System.Collections.Immutable;
using Bridge.Catalog;
using Bridge.Configuration;
using Bridge.Shortlisting;
using Bridge.Tools;

namespace Bridge.Mcp.Listing;

/// <summary>The tools of a catalog as a client sees them: their names here, and the way back. Immutable.</summary>
internal sealed class ToolDirectory
{
    private readonly FrozenDictionary<string, CatalogEntry> _byName;
    private readonly FrozenDictionary<ToolId, string> _names;

    private ToolDirectory(ImmutableArray<NamedTool> callable, ImmutableArray<NamedTool> shown, bool isWhole, Func<ImmutableArray<NamedTool>, ListPages> write)
    {
        _byName = callable.ToFrozenDictionary(tool => tool.Name, tool => tool.Entry, StringComparer.Ordinal);
        _names = shown.ToFrozenDictionary(tool => tool.Entry.Tool.Id, tool => tool.Name);
        Tools = [.. shown.Select(tool => tool.Entry.Tool)];
        IsWhole = isWhole;
        Pages = write(shown);
    }

    /// <summary>The list that the client reads.</summary>
    public ListPages Pages { get; }

    /// <summary>The tools it may know of, in catalog order; always the same array.</summary>
    public ImmutableArray<Tool> Tools { get; }

    /// <summary>Whether these are all tools of the catalog.</summary>
    public bool IsWhole { get; }

    /// <summary>Whether every source has listed its tools, or failed to.</summary>
    public required bool IsComplete { get; init; }

    /// <summary>Builds the directory.</summary>
    /// <param name="snapshot">The catalog.</param>
    /// <param name="view">What the client sees of it.</param>
    /// <param name="pageSize">How many tools a page holds.</param>
    /// <param name="shows">Whether the client is shown a tool.</param>
    /// <returns>The directory, in catalog order. A tool has the same name whatever else is left out.</returns>
    public static ToolDirectory Build(CatalogSnapshot snapshot, GatewayView view, int pageSize, Func<Tool, bool> shows)
    {
        ImmutableArray<CatalogEntry> entries = [.. snapshot.Known.Where(entry => view.Server is null || view.Server == entry.Tool.Id.Source)];
        ImmutableArray<string> names = view.Server is null
            ? WireNames.Qualified([.. entries.Select(entry => entry.Tool.Id)])
            : [.. entries.Select(entry => entry.Tool.Id.Name)];
        ImmutableArray<NamedTool> callable = [.. names.Zip(entries, (name, entry) => new NamedTool(name, entry)).Where(tool => view.Shows(tool.Entry.Tool.Id))];
        ImmutableArray<NamedTool> shown = [.. callable.Where(tool => !tool.Entry.IsWaiting && shows(tool.Entry.Tool))];
        bool isWhole = view.Server is null && view.Tools.IsAll && shown.Length == snapshot.Entries.Length;
        return new ToolDirectory(callable, shown, isWhole, listed => view.Mode is GatewayMode.Search or GatewayMode.Router
            ? ListPages.Write("tools", FixedTools.Write(view.Mode.Value, listed), pageSize, snapshot.Freshness)
            : ListPages.Write("tools", [.. listed.Select(tool => (ReadOnlyMemory<byte>)DefinitionWriter.Write(tool.Entry.Tool, tool.Name))], pageSize, snapshot.Freshness, Waiting(callable, shows)))
        {
            IsComplete = snapshot.Sources.All(source => source.Status.State != SourceState.Connecting),
        };
    }

    // A server that added or changed a tool is heard, although the tool waits: who approves hears of it by the client.
    private static string Waiting(ImmutableArray<NamedTool> callable, Func<Tool, bool> shows) =>
        string.Concat(callable.Where(tool => tool.Entry.IsWaiting && shows(tool.Entry.Tool)).Select(tool => $"{tool.Name}\n{tool.Entry.Tool.DefinitionHash}\n"));

    /// <summary>Finds a tool by the name it has here; one that is not listed too, because the door says why it must not be called.</summary>
    /// <param name="name">The name.</param>
    /// <returns>The tool; <see langword="null"/> when there is none.</returns>
    public CatalogEntry? Find(string name) => _byName.GetValueOrDefault(name);

    /// <summary>The name of one of <see cref="Tools"/>.</summary>
    /// <param name="id">The tool's id.</param>
    /// <returns>The name; <see langword="null"/> for a tool that is not shown.</returns>
    public string? NameOf(ToolId id) => _names.GetValueOrDefault(id);
}

/// <summary>A tool under the name that clients call.</summary>
/// <param name="Name">The name.</param>
/// <param name="Entry">The tool and its source.</param>
internal sealed record NamedTool(string Name, CatalogEntry Entry);
