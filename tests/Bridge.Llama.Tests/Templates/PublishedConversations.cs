using System.Text.Json;
using System.Text.Json.Nodes;
using Bridge.TestKit;

namespace Bridge.Llama.Tests.Templates;

/// <summary>The conversations that every published template is rendered for, from <c>conversations.json</c>.</summary>
internal static class PublishedConversations
{
    private static readonly string s_folder = Path.Combine(TestData.RepositoryRoot, "tests", "Bridge.Llama.Tests", "Templates");

    /// <summary>The time that templates are told.</summary>
    public static DateTimeOffset Now { get; } = new(2026, 11, 21, 12, 34, 56, TimeSpan.Zero);

    /// <summary>The variables of each conversation, by its name.</summary>
    public static IReadOnlyList<KeyValuePair<string, JsonElement>> All { get; } = Read();

    private static List<KeyValuePair<string, JsonElement>> Read()
    {
        JsonObject parts = JsonNode.Parse(File.ReadAllText(Path.Combine(s_folder, "conversation-parts.json")))!.AsObject();
        JsonObject conversations = JsonNode.Parse(File.ReadAllText(Path.Combine(s_folder, "conversations.json")))!.AsObject();
        return [.. conversations.Select(conversation =>
        {
            JsonObject variables = Replace(conversation.Value!, parts).AsObject();
            variables["bos_token"] = "<s>";
            variables["eos_token"] = "</s>";
            variables["datetime"] = "21 Nov 2026"; // one template asks for it
            return KeyValuePair.Create(conversation.Key, JsonSerializer.SerializeToElement(variables));
        })];
    }

    // A text '$x' stands for the part x.
    private static JsonNode Replace(JsonNode node, JsonObject parts) => node switch
    {
        JsonValue value when value.TryGetValue(out string? text) && text.StartsWith('$') => parts[text[1..]]!.DeepClone(),
        JsonArray array => new JsonArray([.. array.Select(item => item is null ? null : Replace(item, parts))]),
        JsonObject map => new JsonObject(map.Select(member => KeyValuePair.Create(member.Key, member.Value is null ? null : Replace(member.Value, parts)))),
        _ => node.DeepClone(),
    };
}
