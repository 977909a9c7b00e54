using System.Collections.Frozen;
using System.Collections.Immutable;
using System.Text.Json;
using Bridge.Tools;

namespace Bridge.Mcp.Listing;

/// <summary>The resources of all servers as a client sees them. Immutable.</summary>
/// <remarks>URIs stay as they are, because results link to them. Where two servers list one URI, the later one's has its id in front: <c>ID+URI</c>.</remarks>
internal sealed class ResourceDirectory
{
    private readonly FrozenDictionary<string, Located> _byUri;
    private readonly FrozenDictionary<string, Located> _byTemplate;
    private readonly ImmutableArray<(UriTemplate Template, Located Where)> _templates;
    private readonly ImmutableArray<SourceFeatures> _lists;

    private ResourceDirectory(
        (ListPages Resources, ListPages Templates) pages,
        Dictionary<string, Located> resources,
        Dictionary<string, Located> templates,
        ImmutableArray<SourceFeatures> lists)
    {
        (Resources, Templates) = pages;
        _byUri = resources.ToFrozenDictionary(StringComparer.Ordinal);
        _byTemplate = templates.ToFrozenDictionary(StringComparer.Ordinal);
        _templates = [.. templates.Values.Select(where => (new UriTemplate(where.Name), where))];
        _lists = lists;
    }

    /// <summary>The resources.</summary>
    public ListPages Resources { get; }

    /// <summary>The templates.</summary>
    public ListPages Templates { get; }

    /// <summary>Builds the directory.</summary>
    /// <param name="resources">The resources that each server lists.</param>
    /// <param name="templates">The templates that each server lists.</param>
    /// <param name="pageSize">How many entries a page holds.</param>
    /// <returns>The directory.</returns>
    public static ResourceDirectory Build(ImmutableArray<SourceFeatures> resources, ImmutableArray<SourceFeatures> templates, int pageSize)
    {
        (ListPages resourcePages, Dictionary<string, Located> byUri) = Gather(resources, "resources", "uri", pageSize);
        (ListPages templatePages, Dictionary<string, Located> byTemplate) = Gather(templates, "resourceTemplates", "uriTemplate", pageSize);
        return new ResourceDirectory((resourcePages, templatePages), byUri, byTemplate, resources);
    }

    /// <summary>Finds whose a URI is: listed, else of a template, else of the only server there is.</summary>
    /// <param name="uri">The URI as the client says it.</param>
    /// <returns>Where it is; <see langword="null"/> when nobody can know.</returns>
    public Located? Find(string uri)
    {
        if (_byUri.TryGetValue(uri, out Located? where))
        {
            return where;
        }

        foreach ((UriTemplate template, Located of) in _templates)
        {
            if (template.Matches(uri))
            {
                return new Located(of.Source, uri);
            }
        }

        return _lists is [{ Source: var only }] ? new Located(only, uri) : null;
    }

    /// <summary>Finds a template, for completions.</summary>
    /// <param name="template">The template as the client says it.</param>
    /// <returns>Where it is; <see langword="null"/> when there is none.</returns>
    public Located? FindTemplate(string template) => _byTemplate.GetValueOrDefault(template) ?? Find(template);

    private static (ListPages Pages, Dictionary<string, Located> Found) Gather(
        ImmutableArray<SourceFeatures> lists, string list, string member, int pageSize)
    {
        var found = new Dictionary<string, Located>(StringComparer.Ordinal);
        var written = new List<ReadOnlyMemory<byte>>();
        foreach (SourceFeatures features in lists)
        {
            foreach ((string key, JsonElement entry) in features.Keyed(member).DistinctBy(pair => pair.Key))
            {
                string name = found.ContainsKey(key) ? $"{features.Source.Id}+{key}" : key;
                if (found.TryAdd(name, new Located(features.Source, key)))
                {
                    written.Add(DefinitionWriter.Rename(entry, member, name));
                }
            }
        }

        return (ListPages.Write(list, written, pageSize, Freshness.Least(lists.Select(features => features.Freshness))), found);
    }
}
