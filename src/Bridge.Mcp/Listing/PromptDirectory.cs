using System.Collections.Frozen;
using System.Collections.Immutable;
using System.Text.Json;
using Bridge.Mcp.Sources;
using Bridge.Shortlisting;
using Bridge.Tools;

namespace Bridge.Mcp.Listing;

/// <summary>The prompts of all servers as a client sees them. Immutable.</summary>
internal sealed class PromptDirectory
{
    private readonly FrozenDictionary<string, Located> _byName;

    private PromptDirectory(ListPages pages, FrozenDictionary<string, Located> byName) => (Pages, _byName) = (pages, byName);

    /// <summary>The list.</summary>
    public ListPages Pages { get; }

    /// <summary>Builds the directory.</summary>
    /// <param name="lists">What each server lists.</param>
    /// <param name="view">What the client sees.</param>
    /// <param name="pageSize">How many prompts a page holds.</param>
    /// <returns>The directory; of prompts of one server with the same name, the first stays.</returns>
    public static PromptDirectory Build(ImmutableArray<SourceFeatures> lists, GatewayView view, int pageSize)
    {
        (McpToolSource Source, string Name, JsonElement Entry)[] all =
        [
            .. lists.SelectMany(list => list.Keyed("name").DistinctBy(pair => pair.Key).Select(pair => (list.Source, pair.Key, pair.Entry))),
        ];
        ImmutableArray<string> names = view.Server is null
            ? WireNames.Qualified([.. all.Select(found => new ToolId(found.Source.Id, found.Name))])
            : [.. all.Select(found => found.Name)];
        ListPages pages = ListPages.Write("prompts", [.. all.Select((found, at) => (ReadOnlyMemory<byte>)DefinitionWriter.Rename(found.Entry, "name", names[at]))], pageSize, Freshness.Least(lists.Select(list => list.Freshness)));
        return new PromptDirectory(pages, names.Zip(all).ToFrozenDictionary(
            pair => pair.First, pair => new Located(pair.Second.Source, pair.Second.Name), StringComparer.Ordinal));
    }

    /// <summary>Finds a prompt by the name it has here.</summary>
    /// <param name="name">The name.</param>
    /// <returns>Where it is; <see langword="null"/> when there is none.</returns>
    public Located? Find(string name) => _byName.GetValueOrDefault(name);
}
