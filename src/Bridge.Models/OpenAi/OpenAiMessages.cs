using System.Text.Json.Nodes;
using Bridge.ChatCalling;
using Bridge.Models.Endpoints;
using Microsoft.Extensions.AI;

namespace Bridge.Models.OpenAi;

/// <summary>Messages as the chat completions API takes them.</summary>
internal static class OpenAiMessages
{
    public static JsonArray Write(IEnumerable<ChatMessage> messages)
    {
        var wire = new JsonArray();
        var images = new List<DataContent>();
        foreach (ChatMessage message in messages)
        {
            FunctionResultContent[] results = [.. message.Contents.OfType<FunctionResultContent>()];
            if (results.Length > 0)
            {
                foreach (FunctionResultContent result in results)
                {
                    wire.Add((JsonNode)new JsonObject { ["role"] = "tool", ["tool_call_id"] = result.CallId, ["content"] = ResultText.Of(result) });
                    images.AddRange(ResultText.Images(result));
                }

                continue;
            }

            // Results of one answer must follow one another, so their images wait until the last is written.
            AddImages(wire, images);
            wire.Add((JsonNode)Write(message));
        }

        AddImages(wire, images);
        return wire;
    }

    private static JsonObject Write(ChatMessage message)
    {
        FunctionCallContent[] calls = [.. message.Contents.OfType<FunctionCallContent>()];
        var wire = new JsonObject { ["role"] = message.Role.Value, ["content"] = Content(message) };
        if (message.AuthorName is { } author)
        {
            wire["name"] = author;
        }

        if (calls.Length > 0)
        {
            wire["tool_calls"] = new JsonArray([.. calls.Select(call => (JsonNode)new JsonObject
            {
                ["id"] = call.CallId,
                ["type"] = "function",
                ["function"] = new JsonObject { ["name"] = call.Name, ["arguments"] = WireText.ArgumentsOf(call) },
            })]);
            wire["content"] = message.Text.Length == 0 ? null : message.Text;
        }

        return wire;
    }

    private static JsonNode Content(ChatMessage message)
    {
        if (message.Role == ChatRole.System || message.Role == ChatRole.Assistant
            || !message.Contents.Any(content => content is DataContent or UriContent))
        {
            return JsonValue.Create(message.Text);
        }

        return new JsonArray([.. message.Contents.Select(Part).OfType<JsonNode>()]);
    }

    private static JsonObject? Part(AIContent content) => content switch
    {
        TextContent text => new JsonObject { ["type"] = "text", ["text"] = text.Text },
        DataContent data when data.HasTopLevelMediaType("image") => Image(data.Uri),
        UriContent link when link.HasTopLevelMediaType("image") => Image(link.Uri.AbsoluteUri),
        DataContent data => new JsonObject { ["type"] = "text", ["text"] = $"[{data.MediaType}, {data.Data.Length} bytes]" },
        UriContent link => new JsonObject { ["type"] = "text", ["text"] = $"[{link.MediaType}: {link.Uri}]" },
        _ => null,
    };

    private static JsonObject Image(string url) => new()
    {
        ["type"] = "image_url",
        ["image_url"] = new JsonObject { ["url"] = url },
    };

    private static void AddImages(JsonArray wire, List<DataContent> images)
    {
        if (images.Count == 0)
        {
            return;
        }

        var parts = new JsonArray(new JsonObject { ["type"] = "text", ["text"] = "Images from the tool results above:" });
        images.ForEach(image => parts.Add((JsonNode)Image(image.Uri)));
        images.Clear();
        wire.Add((JsonNode)new JsonObject { ["role"] = "user", ["content"] = parts });
    }
}
