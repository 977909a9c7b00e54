using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using Bridge.Configuration;

namespace Bridge.Mcp.Configuration;

/// <summary>Adds and removes servers in a JSON file of servers; every other character of it, comments included, stays.</summary>
public static class McpServerFileEditor
{
    private static readonly JsonSerializerOptions s_readable = new()
    {
        WriteIndented = true,
        IndentSize = 2,
        NewLine = "\n",
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, // a file for people, never put into a web page
    };

    /// <summary>Adds a server.</summary>
    /// <param name="path">The file; it is created when it is not there.</param>
    /// <param name="name">The server's name.</param>
    /// <param name="entry">The entry, such as <c>{"command": …}</c>.</param>
    /// <param name="variables">What <c>${…}</c> stands for when the entry is checked; <see langword="null"/> for the process's environment.</param>
    /// <returns>The server as it will be read, with what is wrong with it.</returns>
    /// <exception cref="BridgeConfigurationException">The file cannot be edited, or has a server of that name.</exception>
    public static McpServerConfig Add(string path, string name, JsonObject entry, ConfigFileVariables? variables = null)
    {
        ArgumentException.ThrowIfNullOrEmpty(name);
        ArgumentNullException.ThrowIfNull(entry);
        RefuseYaml(path);
        string text = File.Exists(path) ? ReadEditable(path) : "{\n  \"mcpServers\": {}\n}\n";
        var map = ServerListMap.Of(text);
        if (map.Entries.Any(known => known.Name == name))
        {
            throw Refused("server-exists", path, $"There is a server '{name}' already.", $"Remove it first: bridge servers remove {name}.");
        }

        string edited = map.Insert(name, entry.ToJsonString(s_readable));
        McpServerFile file = McpServerFile.Parse(path, edited, variables);
        if (!file.Problems.IsEmpty)
        {
            throw new BridgeConfigurationException(file.Problems);
        }

        ConfigFileWriter.Write(path, edited);
        return file.Servers.Single(server => server.Name == name);
    }

    /// <summary>Removes a server.</summary>
    /// <param name="path">The file.</param>
    /// <param name="name">The server's name as written in the file, or its id.</param>
    /// <exception cref="BridgeConfigurationException">The file cannot be edited, or has no server of that name.</exception>
    public static void Remove(string path, string name)
    {
        RefuseYaml(path);
        var map = ServerListMap.Of(ReadEditable(path));
        string? written = map.Entries.Select(entry => entry.Name).FirstOrDefault(known => known == name)
            ?? map.Entries.Select(entry => entry.Name).FirstOrDefault(known => McpServerId.FromName(known) == name);
        if (written is null)
        {
            string known = string.Join(", ", map.Entries.Select(entry => $"'{entry.Name}'"));
            throw Refused("unknown-server", path, $"There is no server '{name}'.", known.Length == 0 ? "The list is empty." : $"There are {known}.");
        }

        ConfigFileWriter.Write(path, map.Remove(written));
    }

    private static void RefuseYaml(string path)
    {
        if (ConfigFile.IsYaml(path))
        {
            throw Refused("yaml-not-edited", path, "A YAML file is not edited by Bridge: its comments and layout would be lost.", "Edit it by hand, or use mcp.json.");
        }
    }

    private static string ReadEditable(string path)
    {
        ConfigFileContent content = ConfigFile.Read(path);
        return content.Problems.IsEmpty ? content.Text : throw new BridgeConfigurationException(content.Problems);
    }

    private static BridgeConfigurationException Refused(string code, string path, string message, string cure) =>
        new(new ConfigProblem(code, path, message, cure));
}
