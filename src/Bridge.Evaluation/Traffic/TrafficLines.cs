using System.Security.Cryptography;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Bridge.Evaluation.Traffic;

/// <summary>Kept prompts as questions, answers and lines of records.</summary>
internal static class TrafficLines
{
    private const int LongestText = 80;

    private static readonly JsonSerializerOptions s_readable = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>What two prompts have in common that ask the same: the messages, and the names of the tools.</summary>
    public static string KeyOf(JsonElement prompt)
    {
        IEnumerable<string> tools = prompt.GetProperty("tools").EnumerateArray().Select(tool => tool.GetProperty("name").GetString()!).Order(StringComparer.Ordinal);
        return prompt.GetProperty("messages").GetRawText() + "\n" + string.Join('\n', tools);
    }

    /// <summary>What two answers have in common that call the same, whatever the order.</summary>
    public static string AnswerOf(JsonElement calls) =>
        "[" + string.Join(',', calls.EnumerateArray()
            .Select(call => new JsonObject { ["name"] = call.GetProperty("name").GetString(), ["arguments"] = Sorted(call.GetProperty("arguments")) }.ToJsonString(s_readable))
            .Order(StringComparer.Ordinal)) + "]";

    /// <summary>An answer for people: <c>add {"a":2,"b":3}</c>.</summary>
    public static string Say(string answer) =>
        string.Join(" and ", JsonElement.Parse(answer).EnumerateArray().Select(call => $"{call.GetProperty("name").GetString()} {call.GetProperty("arguments").GetRawText()}"));

    /// <summary>What the user said last, cut to a line.</summary>
    public static string TextOf(JsonElement prompt)
    {
        JsonElement said = prompt.GetProperty("messages").EnumerateArray().LastOrDefault(message => message.GetProperty("role").GetString() == "user");
        string text = said.ValueKind == JsonValueKind.Object && said.TryGetProperty("content", out JsonElement content) ? content.ToString().ReplaceLineEndings(" ") : "";
        return text.Length <= LongestText ? text : string.Concat(text.AsSpan(0, LongestText), "…");
    }

    /// <summary>Writes a record in the form that <c>docs/evaluation.md</c> shows.</summary>
    public static string Write(JsonElement prompt, string answer)
    {
        string id = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(KeyOf(prompt))))[..16];
        var record = new JsonObject
        {
            ["id"] = $"traffic-{id}",
            ["category"] = "traffic",
            ["messages"] = JsonNode.Parse(prompt.GetProperty("messages").GetRawText()),
            ["tools"] = new JsonArray([.. prompt.GetProperty("tools").EnumerateArray().Select(Tool)]),
            ["check"] = "calls",
            ["expected"] = new JsonArray([.. JsonElement.Parse(answer).EnumerateArray().Select(Expected)]),
        };
        return record.ToJsonString(s_readable);
    }

    private static JsonObject Tool(JsonElement tool) => new()
    {
        ["name"] = tool.GetProperty("name").GetString(),
        ["description"] = tool.GetProperty("description").GetString(),
        ["inputSchema"] = JsonNode.Parse(tool.GetProperty("inputSchema").GetRawText()),
    };

    private static JsonObject Expected(JsonElement call) => new()
    {
        ["name"] = call.GetProperty("name").GetString(),
        ["arguments"] = new JsonObject(call.GetProperty("arguments").EnumerateObject().Select(argument =>
            KeyValuePair.Create(argument.Name, (JsonNode?)new JsonArray(JsonNode.Parse(argument.Value.GetRawText()))))),
    };

    private static JsonObject Sorted(JsonElement arguments) =>
        new(arguments.EnumerateObject().OrderBy(argument => argument.Name, StringComparer.Ordinal)
            .Select(argument => KeyValuePair.Create(argument.Name, JsonNode.Parse(argument.Value.GetRawText()))));
}
