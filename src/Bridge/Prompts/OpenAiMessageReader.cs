using System.Text.Json;
using Microsoft.Extensions.AI;

namespace Bridge.Prompts;

/// <summary>Reads one message of OpenAI's chat completions API.</summary>
internal static class OpenAiMessageReader
{
    public static PromptMessage Read(WireValue message)
    {
        message.AsObject();
        ChatMessage read = message["role"].AsString() switch
        {
            // Both are instructions; a responder that does not know the newer word still obeys the older one.
            "system" or "developer" => new ChatMessage(ChatRole.System, Texts(message["content"])),
            "user" => new ChatMessage(ChatRole.User, OpenAiContentReader.Read(message["content"], OpenAiContentReader.UserParts)),
            "assistant" => new ChatMessage(ChatRole.Assistant, Assistant(message)),
            "tool" => new ChatMessage(ChatRole.Tool, [ToolResult(message)]),
            string other => throw message["role"].Fault(
                $"is '{other}'; allowed are 'system', 'developer', 'user', 'assistant' and 'tool'."),
        };
        read.AuthorName = message["name"].AsOptionalString();
        return PromptMessage.From(read, message.Element);
    }

    private static List<AIContent> Texts(WireValue content) => OpenAiContentReader.Read(content, OpenAiContentReader.TextParts);

    private static List<AIContent> Assistant(WireValue message)
    {
        if (message["function_call"] is { IsNothing: false } old)
        {
            throw old.Fault("is the deprecated form of a call; write 'tool_calls'.");
        }

        WireValue content = message["content"], refusal = message["refusal"], calls = message["tool_calls"];
        List<AIContent> contents = [];
        if (!content.IsNothing)
        {
            contents.AddRange(OpenAiContentReader.Read(content, OpenAiContentReader.AssistantParts));
        }
        else if (calls.IsNothing && refusal.IsNothing)
        {
            throw content.Fault("must be a string or an array of parts where the message has no 'tool_calls'.");
        }

        if (!refusal.IsNothing)
        {
            contents.Add(OpenAiContentReader.Refusal(refusal));
        }

        if (!calls.IsNothing)
        {
            contents.AddRange(calls.Items("tool calls").Select(Call));
        }

        return contents;
    }

    private static FunctionCallContent Call(WireValue call)
    {
        call.AsObject();
        if (call["type"] is { IsNothing: false } type && type.AsString() != "function")
        {
            throw type.Fault($"is '{type.AsString()}'; allowed is 'function'.");
        }

        WireValue function = call["function"].AsObject();
        return new FunctionCallContent(NotEmpty(call["id"]), NotEmpty(function["name"]), Arguments(function["arguments"]));
    }

    private static Dictionary<string, object?> Arguments(WireValue arguments)
    {
        string text = arguments.AsString("a string of JSON");
        if (string.IsNullOrWhiteSpace(text))
        {
            return []; // what several servers write for a tool without parameters
        }

        try
        {
            using JsonDocument document = JsonDocument.Parse(text);
            return document.RootElement.EnumerateObject()
                .ToDictionary(member => member.Name, member => (object?)member.Value.Clone(), StringComparer.Ordinal);
        }
        catch (Exception error) when (error is JsonException or InvalidOperationException or ArgumentException)
        {
            throw arguments.Fault("must be a string that holds one JSON object without duplicate keys.", error);
        }
    }

    private static FunctionResultContent ToolResult(WireValue message) =>
        new(NotEmpty(message["tool_call_id"]), string.Concat(Texts(message["content"]).Cast<TextContent>().Select(text => text.Text)));

    private static string NotEmpty(WireValue value) =>
        value.AsString() is { Length: > 0 } text ? text : throw value.Fault("must not be empty.");
}
