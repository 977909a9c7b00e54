using System.Text.Json;
using Bridge.ChatCalling;
using Bridge.Models.Endpoints;
using Microsoft.Extensions.AI;

namespace Bridge.Models.Ollama;

/// <summary>Reads answers of <c>/api/chat</c>: a whole one, or one line of a stream.</summary>
internal static class OllamaResponse
{
    /// <param name="endpoint">The endpoint.</param>
    /// <param name="root">The JSON.</param>
    /// <param name="calls">How many calls came before in this answer, for ids that differ.</param>
    public static ChatResponseUpdate Read(ModelEndpoint endpoint, JsonElement root, int calls)
    {
        if (Member(root, "error") is not null)
        {
            throw EndpointErrors.Inside(endpoint, ErrorText.Read(root) ?? root.GetRawText());
        }

        if (Member(root, "message") is not { ValueKind: JsonValueKind.Object } message)
        {
            throw EndpointErrors.Garbage(endpoint, "JSON that is no chat answer: it has no 'message'");
        }

        var update = new ChatResponseUpdate(ChatRole.Assistant, Contents(message, calls)) { ModelId = Text(root, "model") };
        if (IsDone(root))
        {
            update.FinishReason = Text(root, "done_reason") switch
            {
                null or "" or "stop" or "load" or "unload" => ChatFinishReason.Stop,
                var reason => new ChatFinishReason(reason),
            };
            AddUsage(root, update);
        }

        return update;
    }

    public static bool IsDone(JsonElement root) => Member(root, "done") is { ValueKind: JsonValueKind.True };

    public static JsonElement? Member(JsonElement element, string name) =>
        element.ValueKind == JsonValueKind.Object && element.TryGetProperty(name, out JsonElement value) ? value : null;

    public static string? Text(JsonElement element, string name) =>
        Member(element, name) is { ValueKind: JsonValueKind.String } text ? text.GetString() : null;

    public static long? Number(JsonElement element, string name) =>
        Member(element, name) is { ValueKind: JsonValueKind.Number } number && number.TryGetInt64(out long value) ? value : null;

    private static List<AIContent> Contents(JsonElement message, int calls)
    {
        var contents = new List<AIContent>();
        if (Text(message, "thinking") is { Length: > 0 } thinking)
        {
            contents.Add(new TextReasoningContent(thinking));
        }

        if (Text(message, "content") is { Length: > 0 } text)
        {
            contents.Add(new TextContent(text));
        }

        if (Member(message, "tool_calls") is { ValueKind: JsonValueKind.Array } list)
        {
            foreach (JsonElement call in list.EnumerateArray())
            {
                if (Member(call, "function") is { } function && Text(function, "name") is { } name)
                {
                    string arguments = Member(function, "arguments") switch
                    {
                        { ValueKind: JsonValueKind.String } json => json.GetString()!,
                        { ValueKind: not JsonValueKind.Null } json => json.GetRawText(),
                        _ => "",
                    };
                    contents.Add(CallArguments.ToContent(Text(call, "id") ?? $"call_{calls++}", name, arguments));
                }
            }
        }

        return contents;
    }

    private static void AddUsage(JsonElement root, ChatResponseUpdate update)
    {
        long? input = Number(root, "prompt_eval_count");
        long? output = Number(root, "eval_count");
        if (input is not null || output is not null)
        {
            update.Contents.Add(new UsageContent(new UsageDetails
            {
                InputTokenCount = input,
                OutputTokenCount = output,
                TotalTokenCount = input + output,
            }));
        }
    }
}
