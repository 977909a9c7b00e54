using System.Text.Json;
using Bridge.ChatCalling;
using Bridge.Models.Endpoints;
using Microsoft.Extensions.AI;

namespace Bridge.Models.OpenAi;

/// <summary>Reads chat completions, leniently where compatible servers differ.</summary>
internal static class OpenAiResponse
{
    public static ChatResponse Read(ModelEndpoint endpoint, ReadOnlyMemory<byte> body)
    {
        using JsonDocument document = Parse(endpoint, body);
        JsonElement root = document.RootElement;
        if (Member(root, "choices") is not { ValueKind: JsonValueKind.Array } choices || choices.GetArrayLength() == 0
            || Member(choices[0], "message") is not { ValueKind: JsonValueKind.Object } message)
        {
            throw ErrorText.Read(root) is { } said
                ? EndpointErrors.Inside(endpoint, said)
                : EndpointErrors.Garbage(endpoint, "JSON that is no chat completion: it has no 'choices'");
        }

        return new ChatResponse(new ChatMessage(ChatRole.Assistant, Contents(message)))
        {
            ResponseId = Text(root, "id"),
            ModelId = Text(root, "model"),
            FinishReason = FinishReason(Text(choices[0], "finish_reason")),
            Usage = Usage(root),
        };
    }

    public static JsonDocument Parse(ModelEndpoint endpoint, ReadOnlyMemory<byte> body)
    {
        try
        {
            return JsonDocument.Parse(body);
        }
        catch (JsonException error)
        {
            throw EndpointErrors.Garbage(endpoint, "something that is not JSON, or half of it", error);
        }
    }

    public static ChatFinishReason? FinishReason(string? reason) => reason switch
    {
        null or "" => null,
        "function_call" => ChatFinishReason.ToolCalls,
        _ => new ChatFinishReason(reason),
    };

    public static UsageDetails? Usage(JsonElement root)
    {
        if (Member(root, "usage") is not { ValueKind: JsonValueKind.Object } usage)
        {
            return null;
        }

        return new UsageDetails
        {
            InputTokenCount = Number(usage, "prompt_tokens"),
            OutputTokenCount = Number(usage, "completion_tokens"),
            TotalTokenCount = Number(usage, "total_tokens"),
            CachedInputTokenCount = Member(usage, "prompt_tokens_details") is { } details ? Number(details, "cached_tokens") : null,
        };
    }

    /// <summary>The text of a message: a string, or parts of text.</summary>
    public static string? TextOf(JsonElement message) => Member(message, "content") switch
    {
        { ValueKind: JsonValueKind.String } text => text.GetString(),
        { ValueKind: JsonValueKind.Array } parts => string.Concat(parts.EnumerateArray().Select(part => Text(part, "text"))),
        _ => Text(message, "refusal"),
    };

    public static string? ReasoningOf(JsonElement message) => Text(message, "reasoning_content") ?? Text(message, "reasoning");

    public static JsonElement? Member(JsonElement element, string name) =>
        element.ValueKind == JsonValueKind.Object && element.TryGetProperty(name, out JsonElement value) ? value : null;

    public static string? Text(JsonElement element, string name) =>
        Member(element, name) is { ValueKind: JsonValueKind.String } text ? text.GetString() : null;

    public static long? Number(JsonElement element, string name) =>
        Member(element, name) is { ValueKind: JsonValueKind.Number } number && number.TryGetInt64(out long value) ? value : null;

    private static List<AIContent> Contents(JsonElement message)
    {
        var contents = new List<AIContent>();
        if (ReasoningOf(message) is { Length: > 0 } reasoning)
        {
            contents.Add(new TextReasoningContent(reasoning));
        }

        if (TextOf(message) is { Length: > 0 } text)
        {
            contents.Add(new TextContent(text));
        }

        if (Member(message, "tool_calls") is { ValueKind: JsonValueKind.Array } calls)
        {
            contents.AddRange(calls.EnumerateArray().Select(Call).OfType<AIContent>());
        }

        return contents;
    }

    private static FunctionCallContent? Call(JsonElement call)
    {
        if (Member(call, "function") is not { } function || Text(function, "name") is not { } name)
        {
            return null;
        }

        // A string by the book; some servers send the object itself.
        string arguments = Member(function, "arguments") switch
        {
            { ValueKind: JsonValueKind.String } text => text.GetString()!,
            { ValueKind: JsonValueKind.Object } json => json.GetRawText(),
            _ => "",
        };
        return CallArguments.ToContent(Text(call, "id") ?? "", name, arguments);
    }
}
