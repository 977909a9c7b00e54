using System.Text.Json.Nodes;
using Bridge.Configuration;

namespace Bridge.Host.Composition;

/// <summary>What a configuration starts and whom it talks to, as it is written: nothing is expanded, so no secret shows.</summary>
internal static class StartList
{
    private static readonly string[] s_roots = ["mcpServers", "servers"];
    private static readonly string[] s_shipped = ["embedded", "template"];
    private static readonly string[] s_addresses = ["url", "serverUrl", "httpUrl"];

    public static IReadOnlyList<string> Of(BridgeSettings settings)
    {
        JsonObject? servers = File.Exists(settings.McpFile) ? ConfigFile.Read(settings.McpFile).Root : null;
        JsonObject? models = File.Exists(settings.ModelsFile) ? ConfigFile.Read(settings.ModelsFile).Root : null;
        List<string> lines =
        [
            .. s_roots.Select(root => servers?[root]).OfType<JsonObject>().SelectMany(entries => entries).Select(pair => Server(pair.Key, pair.Value)),
            .. (models?["providers"] as JsonObject ?? []).Select(pair => $"model provider {pair.Key}: {Plain((pair.Value as JsonObject)?["url"])}"),
            .. settings.Options.Callers.Append(settings.Options.Responder).Except(s_shipped).Select(model => $"model {model}"),
        ];
        return lines;
    }

    private static string Server(string name, JsonNode? node)
    {
        if (node is not JsonObject entry)
        {
            return $"{name}: (not readable)";
        }

        string target = entry["command"] is { } command
            ? string.Join(' ', new[] { Plain(command) }.Concat((entry["args"] as JsonArray ?? []).Select(Plain)))
            : s_addresses.Select(key => entry[key]).OfType<JsonNode>().Select(Plain).FirstOrDefault() ?? "(nothing)";
        string variables = entry["env"] is JsonObject env && env.Count > 0 ? $"   with variables {string.Join(", ", env.Select(pair => pair.Key))}" : "";
        return $"{name}: {target}{variables}";
    }

    private static string Plain(JsonNode? node) =>
        node is JsonValue value && value.TryGetValue(out string? text) ? (text.Contains(' ', StringComparison.Ordinal) ? $"'{text}'" : text) : node?.ToJsonString() ?? "null";
}
