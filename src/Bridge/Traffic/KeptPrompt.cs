using System.Collections.Immutable;
using System.Text.Json;
using Bridge.Tools;

namespace Bridge.Traffic;

/// <summary>A kept prompt.</summary>
/// <param name="Place">Where it lies, for people.</param>
/// <param name="Time">When it ended.</param>
/// <param name="Json">The line: <c>caller</c>, <c>outcome</c>, <c>messages</c>, <c>tools</c> and <c>calls</c>.</param>
public sealed record KeptPrompt(string Place, DateTimeOffset Time, JsonElement Json)
{
    /// <summary>What the user said last; empty where that is not known.</summary>
    public string UserText()
    {
        JsonElement said = ItemsOf("messages").LastOrDefault(message => TextOf(message, "role") == "user");
        return TextOf(said, "content");
    }

    /// <summary>The tools that served it: those that were called, where all calls succeeded.</summary>
    /// <returns>The tools, in the order of the calls; empty where nothing was called, or not all went well.</returns>
    public ImmutableArray<ToolId> Served()
    {
        var served = ImmutableArray.CreateBuilder<ToolId>();
        foreach (JsonElement call in ItemsOf("calls"))
        {
            if (TextOf(call, "status") != "succeeded" || !ToolId.TryParse(TextOf(call, "tool"), out ToolId tool))
            {
                return [];
            }

            served.Add(tool);
        }

        return served.ToImmutable();
    }

    private JsonElement.ArrayEnumerator ItemsOf(string name) =>
        Json.TryGetProperty(name, out JsonElement items) && items.ValueKind == JsonValueKind.Array ? items.EnumerateArray() : default;

    private static string TextOf(JsonElement item, string name) =>
        item.ValueKind == JsonValueKind.Object && item.TryGetProperty(name, out JsonElement text) && text.ValueKind == JsonValueKind.String ? text.GetString()! : "";
}
