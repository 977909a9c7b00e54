using System.Collections.Immutable;
using System.Text.Json.Nodes;
using Bridge.Configuration;

namespace Bridge.Mcp.Configuration;

/// <summary>The file of MCP servers, as it was read. Immutable.</summary>
public sealed class McpServerFile
{
    private static readonly string[] s_roots = ["mcpServers", "servers"];

    private McpServerFile(string path, ImmutableArray<McpServerConfig> servers, ImmutableArray<ConfigProblem> problems, ImmutableArray<string> foreignKeys)
    {
        Path = path;
        Servers = servers;
        Problems = problems;
        ForeignKeys = foreignKeys;
    }

    /// <summary>The file's path.</summary>
    public string Path { get; }

    /// <summary>The servers in the order written; those with errors of their own are among them, with their errors.</summary>
    public ImmutableArray<McpServerConfig> Servers { get; }

    /// <summary>What keeps the whole file from being used; empty when it can be.</summary>
    public ImmutableArray<ConfigProblem> Problems { get; }

    /// <summary>Keys of other programs at the root of the file.</summary>
    public ImmutableArray<string> ForeignKeys { get; }

    /// <summary>Everything that is wrong, of the file and of single servers.</summary>
    public IEnumerable<ConfigProblem> AllProblems => Problems.Concat(Servers.SelectMany(server => server.Errors));

    /// <summary>Reads a file.</summary>
    /// <param name="path">The file; <c>.yaml</c> and <c>.yml</c> are read as YAML.</param>
    /// <param name="variables">What <c>${…}</c> stands for; <see langword="null"/> for the process's environment.</param>
    /// <returns>The servers, with every problem found.</returns>
    public static McpServerFile Load(string path, ConfigFileVariables? variables = null) =>
        Read(ConfigFile.Read(path), variables);

    /// <summary>Reads the text of a file.</summary>
    /// <param name="path">The file's path, for its ending, its folder and for messages.</param>
    /// <param name="text">The text.</param>
    /// <param name="variables">What <c>${…}</c> stands for; <see langword="null"/> for the process's environment.</param>
    /// <returns>The servers, with every problem found.</returns>
    public static McpServerFile Parse(string path, string text, ConfigFileVariables? variables = null) =>
        Read(ConfigFile.Parse(path, text), variables);

    internal static McpServerFile Read(ConfigFileContent content, ConfigFileVariables? variables)
    {
        if (content.Root is not { } root)
        {
            return new McpServerFile(content.Path, [], content.Problems, []);
        }

        string[] present = [.. s_roots.Where(root.ContainsKey)];
        if (present.Length != 1 || root[present[0]] is not JsonObject entries)
        {
            return new McpServerFile(content.Path, [], [RootProblem(content, root, present)], []);
        }

        var reader = new McpServerEntryReader(content, variables ?? new ConfigFileVariables());
        var ids = new HashSet<string>(StringComparer.Ordinal);
        ImmutableArray<McpServerConfig> servers =
            [.. entries.Select(entry => WithUniqueId(reader.Read(present[0], entry.Key, entry.Value), ids, content, present[0]))];
        return new McpServerFile(content.Path, servers, [], [.. root.Select(pair => pair.Key).Where(key => key != present[0])]);
    }

    private static McpServerConfig WithUniqueId(McpServerConfig server, HashSet<string> ids, ConfigFileContent content, string root)
    {
        if (ids.Add(server.Id))
        {
            return server;
        }

        string id = server.Id;
        for (int i = 2; !ids.Add(id); i++)
        {
            string suffix = $"-{i}";
            id = server.Id[..Math.Min(server.Id.Length, McpServerId.MaxLength - suffix.Length)] + suffix;
        }

        var problem = new ConfigProblem(
            "ambiguous-server-id",
            content.Location(ConfigFileContent.Member(root, server.Name!)),
            $"The names '{server.Name}' and another server's both become the id '{server.Id}'.",
            "Give one of them a name that differs in letters or digits.");
        return server with { Id = id, Errors = server.Errors.Add(problem) };
    }

    private static ConfigProblem RootProblem(ConfigFileContent content, JsonObject root, string[] present)
    {
        if (present.Length == 2)
        {
            return new ConfigProblem("two-server-lists", content.Location(present[1]), "The file has both 'mcpServers' and 'servers'.", "Keep one of them.");
        }

        if (present.Length == 1)
        {
            return new ConfigProblem("wrong-type", content.Location(present[0]), $"'{present[0]}' is not an object.", "Write { \"mcpServers\": { \"NAME\": { \"command\": … } } }.");
        }

        string? slip = root.Select(pair => pair.Key).FirstOrDefault(key => ConfigFileKeys.NearMiss(key, s_roots) is not null);
        string found = slip is null ? "" : $" Did you mean 'mcpServers' where '{slip}' is?";
        return new ConfigProblem("missing-server-list", content.Location(""), $"The file has neither 'mcpServers' nor 'servers'.{found}", "Put the servers under \"mcpServers\": { … }; an empty object means no servers.");
    }
}
