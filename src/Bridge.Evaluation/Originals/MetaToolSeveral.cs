using System.Collections.Immutable;
using System.Text.Json;

namespace Bridge.Evaluation.Originals;

/// <summary>MetaTool, several tools a question: a JSON list of <c>query</c> and <c>tool</c>, a list of names.</summary>
internal sealed class MetaToolSeveral : IRecordForm
{
    private const string Category = "metatool_multi";

    public string Name => "MetaTool (a JSON list of 'query' and 'tool', with 'plugin_des.json')";

    public bool Matches(FileHead head) => head.IsList && head.Has("query", "tool");

    public async Task<OriginalSet> ReadAsync(string file, CancellationToken cancellationToken)
    {
        ImmutableArray<JsonElement> items = await JsonList.ReadAsync(file, cancellationToken).ConfigureAwait(false);
        return new OriginalSet([.. items.Select((item, i) => Read(item, i + 1))])
        {
            Tools = await PluginDescriptions.BesideAsync(file, cancellationToken).ConfigureAwait(false),
            Notes = [PluginDescriptions.Note],
        };
    }

    private static OriginalRecord Read(JsonElement item, int number)
    {
        string id = $"{Category}_{number}";
        return JsonList.Text(item, "query") is { } query && item.TryGetProperty("tool", out JsonElement tools) && tools.ValueKind == JsonValueKind.Array
            && tools.GetArrayLength() > 0 && tools.EnumerateArray().All(tool => tool.ValueKind == JsonValueKind.String)
            ? new OriginalRecord(number, id) { Json = ToolChoice.Json(id, Category, query, "tools", tools.EnumerateArray().Select(tool => tool.GetString()!).Distinct()) }
            : new OriginalRecord(number, id) { Problem = "An item must hold 'query', a text, and 'tool', a list of names." };
    }
}
