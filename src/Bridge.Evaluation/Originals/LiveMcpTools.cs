using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Bridge.Evaluation.Originals;

/// <summary>The tools of LiveMCPBench, by server. A name that several servers have stands for the tools of all of them, which are told apart as <c>SERVER__NAME</c>.</summary>
internal sealed class LiveMcpTools
{
    private const string FileName = "tools.json";

    private readonly ILookup<string, string> _called;

    private LiveMcpTools(IReadOnlyCollection<(string Server, string Name, JsonElement Tool)> tools)
    {
        HashSet<string> shared = [.. tools.CountBy(tool => tool.Name).Where(name => name.Value > 1).Select(name => name.Key)];
        (string Name, string Offered, JsonElement Tool)[] named =
            [.. tools.Select(tool => (tool.Name, shared.Contains(tool.Name) ? $"{tool.Server}__{tool.Name}" : tool.Name, tool.Tool))];
        _called = named.ToLookup(tool => tool.Name, tool => tool.Offered, StringComparer.Ordinal);
        Json = [.. named.Select(tool => Uniform(tool.Offered, tool.Tool))];
    }

    /// <summary>The tools in the uniform form.</summary>
    public ImmutableArray<string> Json { get; }

    /// <summary>The tools of that name, as they are offered.</summary>
    public ImmutableArray<string> Called(string name) => [.. _called[name]];

    /// <summary>The tools that belong to a file of tasks: beside it, or where they are published.</summary>
    public static async Task<LiveMcpTools> OfAsync(string file, CancellationToken cancellationToken)
    {
        string folder = Path.GetDirectoryName(Path.GetFullPath(file))!;
        string above = Path.GetDirectoryName(folder) ?? folder;
        string path = new[] { Path.Combine(folder, FileName), Path.Combine(above, FileName), Path.Combine(above, "tools", "LiveMCPTool", FileName) }.FirstOrDefault(File.Exists)
            ?? throw new FileNotFoundException($"'{file}' is of LiveMCPBench, and its tools are looked for in '{FileName}' beside it, in the folder above, or in '../tools/LiveMCPTool': there is no such file.");
        var tools = new List<(string, string, JsonElement)>();
        foreach (JsonElement entry in await JsonList.ReadAsync(path, cancellationToken).ConfigureAwait(false))
        {
            foreach (JsonProperty server in Members(entry, JsonValueKind.Object, path).EnumerateObject())
            {
                tools.AddRange(Members(server.Value, JsonValueKind.Array, path).EnumerateArray().Select(tool => (
                    server.Name, JsonList.Text(tool, "name") ?? throw new InvalidDataException($"'{path}': a tool of '{server.Name}' has no name."), tool)));
            }
        }

        return new LiveMcpTools(tools);
    }

    private static JsonElement Members(JsonElement json, JsonValueKind kind, string path) =>
        json.ValueKind == JsonValueKind.Object && json.TryGetProperty("tools", out JsonElement found) && found.ValueKind == kind
            ? found
            : throw new InvalidDataException($"'{path}' must be a list of servers with 'tools', by server a list of tools.");

    private static string Uniform(string offered, JsonElement tool)
    {
        var json = new JsonObject { ["name"] = offered, ["description"] = JsonList.Text(tool, "description") };
        if (tool.TryGetProperty("inputSchema", out JsonElement schema) && schema.ValueKind == JsonValueKind.Object)
        {
            json["inputSchema"] = JsonNode.Parse(schema.GetRawText());
        }

        return json.ToJsonString();
    }
}
