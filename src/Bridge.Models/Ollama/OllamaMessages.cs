using System.Text.Json.Nodes;
using Bridge.ChatCalling;
using Microsoft.Extensions.AI;

namespace Bridge.Models.Ollama;

/// <summary>Messages as Ollama takes them: a call has no id, a result names its tool.</summary>
internal static class OllamaMessages
{
    public static JsonArray Write(IEnumerable<ChatMessage> messages)
    {
        var wire = new JsonArray();
        var names = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (ChatMessage message in messages)
        {
            foreach (FunctionCallContent call in message.Contents.OfType<FunctionCallContent>())
            {
                names[call.CallId] = call.Name;
            }

            FunctionResultContent[] results = [.. message.Contents.OfType<FunctionResultContent>()];
            foreach (FunctionResultContent result in results)
            {
                wire.Add((JsonNode)Write(result, names.GetValueOrDefault(result.CallId)));
            }

            if (results.Length == 0)
            {
                wire.Add((JsonNode)Write(message));
            }
        }

        return wire;
    }

    private static JsonObject Write(FunctionResultContent result, string? name)
    {
        var wire = new JsonObject { ["role"] = "tool", ["content"] = ResultText.Of(result) };
        if (name is not null)
        {
            wire["tool_name"] = name;
        }

        AddImages(wire, ResultText.Images(result));
        return wire;
    }

    private static JsonObject Write(ChatMessage message)
    {
        var wire = new JsonObject { ["role"] = message.Role.Value, ["content"] = message.Text };
        AddImages(wire, message.Contents.OfType<DataContent>().Where(data => data.HasTopLevelMediaType("image")));
        FunctionCallContent[] calls = [.. message.Contents.OfType<FunctionCallContent>()];
        if (calls.Length > 0)
        {
            wire["tool_calls"] = new JsonArray([.. calls.Select(call => (JsonNode)new JsonObject
            {
                ["function"] = new JsonObject { ["name"] = call.Name, ["arguments"] = JsonNode.Parse(CallArguments.ToUtf8(call)) },
            })]);
        }

        return wire;
    }

    private static void AddImages(JsonObject wire, IEnumerable<DataContent> images)
    {
        JsonNode[] data = [.. images.Select(image => (JsonNode)JsonValue.Create(Convert.ToBase64String(image.Data.Span)))];
        if (data.Length > 0)
        {
            wire["images"] = new JsonArray(data);
        }
    }
}
