using System.Collections.Immutable;
using System.IO.Enumeration;
using Bridge.Outcomes;
using Bridge.Tools;

namespace Bridge.Catalog;

/// <summary>Finds tools by what a person or a client wrote: an id, an unambiguous name, a glob over ids.</summary>
public static class ToolSelection
{
    private const int MaxSuggestions = 3;

    /// <summary>Finds the one tool that is meant.</summary>
    /// <param name="snapshot">The catalog.</param>
    /// <param name="idOrName">An id or an unambiguous name.</param>
    /// <param name="problem">Why there is not exactly one; <see langword="null"/> when there is.</param>
    /// <returns>The tool; <see langword="null"/> when it is unknown or ambiguous.</returns>
    public static CatalogEntry? FindOne(CatalogSnapshot snapshot, string idOrName, out Reason? problem)
    {
        ArgumentNullException.ThrowIfNull(snapshot);
        ImmutableArray<CatalogEntry> found = snapshot.FindAll(idOrName);
        problem = found.Length switch
        {
            0 => Unknown(snapshot, idOrName),
            1 => null,
            _ => new Reason(
                ReasonKind.AmbiguousTool,
                $"'{idOrName}' is a tool of several sources: write {string.Join(" or ", found.Select(entry => $"'{entry.Tool.Id}'"))}."),
        };
        return problem is null ? found[0] : null;
    }

    /// <summary>Finds all tools that are meant.</summary>
    /// <param name="snapshot">The catalog.</param>
    /// <param name="patterns">Ids, unambiguous names, globs over ids; empty for all tools.</param>
    /// <param name="problem">The first pattern that fits nothing; <see langword="null"/> when all do.</param>
    /// <returns>The tools in catalog order.</returns>
    public static ImmutableArray<Tool> FindAll(CatalogSnapshot snapshot, ImmutableArray<string> patterns, out Reason? problem)
    {
        ArgumentNullException.ThrowIfNull(snapshot);
        problem = null;
        if (patterns.IsDefaultOrEmpty)
        {
            return snapshot.Tools;
        }

        var chosen = new HashSet<ToolId>();
        foreach (string pattern in patterns)
        {
            if (pattern.AsSpan().ContainsAny('*', '?'))
            {
                chosen.UnionWith(snapshot.Tools.Select(tool => tool.Id).Where(id => FileSystemName.MatchesSimpleExpression(pattern, id.ToString(), ignoreCase: false)));
            }
            else if (FindOne(snapshot, pattern, out problem) is { } entry)
            {
                chosen.Add(entry.Tool.Id);
            }
            else
            {
                return [];
            }
        }

        return [.. snapshot.Tools.Where(tool => chosen.Contains(tool.Id))];
    }

    private static Reason Unknown(CatalogSnapshot snapshot, string name)
    {
        if (snapshot.Quarantined.FirstOrDefault(tool => tool.Id.ToString() == name || tool.Id.Name == name) is { } quarantined)
        {
            return new Reason(ReasonKind.UnknownTool, $"The tool '{quarantined.Id}' is quarantined: {quarantined.Reason}");
        }

        string[] near = [.. snapshot.Tools
            .Where(tool => tool.Id.Name.Contains(name, StringComparison.OrdinalIgnoreCase)
                || name.Contains(tool.Id.Name, StringComparison.OrdinalIgnoreCase))
            .Take(MaxSuggestions)
            .Select(tool => $"'{tool.Id}'")];
        string missing = string.Join(", ", snapshot.Sources
            .Where(source => source.Status.State != SourceState.Ready)
            .Select(source => $"'{source.Id}'"));
        string cure = near.Length > 0
            ? $"Did you mean {string.Join(" or ", near)}?"
            : "`bridge tools` lists the tools there are.";
        return new Reason(
            ReasonKind.UnknownTool,
            $"There is no tool '{name}'. {cure}{(missing.Length > 0 ? $" Not ready: {missing}." : "")}");
    }
}
