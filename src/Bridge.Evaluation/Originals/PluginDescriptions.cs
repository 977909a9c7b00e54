using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Bridge.Evaluation.Originals;

/// <summary>The tools of MetaTool: <c>plugin_des.json</c>, a name and a description each and no schema.</summary>
internal static class PluginDescriptions
{
    /// <summary>What is said of tools that have no schema.</summary>
    public const string Note = "The tools of MetaTool have no schemas: each takes any object, and the choice of tools alone is scored.";

    private const string FileName = "plugin_des.json";

    /// <summary>The tools that belong to a file: beside it, or in the folder above it as they are published.</summary>
    public static async Task<ImmutableArray<string>> BesideAsync(string file, CancellationToken cancellationToken)
    {
        string folder = Path.GetDirectoryName(Path.GetFullPath(file))!;
        string path = new[] { folder, Path.GetDirectoryName(folder) ?? folder }.Select(place => Path.Combine(place, FileName)).FirstOrDefault(File.Exists)
            ?? throw new FileNotFoundException($"'{file}' is of MetaTool, and the descriptions of its tools are looked for in '{FileName}' beside it or in the folder above: there is no such file.");
        try
        {
            JsonElement json = JsonElement.Parse(await File.ReadAllBytesAsync(path, cancellationToken).ConfigureAwait(false));
            return json.ValueKind == JsonValueKind.Object && json.EnumerateObject().All(tool => tool.Value.ValueKind == JsonValueKind.String)
                ? [.. json.EnumerateObject().Select(tool => Tool(tool.Name, tool.Value.GetString()))]
                : throw new InvalidDataException($"'{path}' must be an object of names and descriptions of tools.");
        }
        catch (JsonException error)
        {
            throw new InvalidDataException($"'{path}' is not JSON: {error.Message}");
        }
    }

    private static string Tool(string name, string? description) => new JsonObject
    {
        ["name"] = name,
        ["description"] = description,
        ["inputSchema"] = new JsonObject { ["type"] = "object" },
    }.ToJsonString();
}
