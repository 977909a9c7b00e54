using System.Text.Json;
using Microsoft.Extensions.AI;

namespace Bridge.Prompts;

/// <summary>Writes one message in the form of OpenAI's chat completions API.</summary>
internal static class OpenAiMessageWriter
{
    public static void Write(Utf8JsonWriter writer, ChatMessage message)
    {
        List<FunctionResultContent> results = [.. message.Contents.OfType<FunctionResultContent>()];
        foreach (FunctionResultContent result in results)
        {
            writer.WriteStartObject();
            writer.WriteString("role", "tool");
            writer.WriteString("tool_call_id", result.CallId);
            writer.WriteString("content", ToolResultText.Of(result));
            writer.WriteEndObject();
        }

        if (results.Count == 0 || results.Count < message.Contents.Count)
        {
            WriteOther(writer, message);
        }
    }

    private static void WriteOther(Utf8JsonWriter writer, ChatMessage message)
    {
        writer.WriteStartObject();
        writer.WriteString("role", message.Role.Value);
        if (message.AuthorName is { } name)
        {
            writer.WriteString("name", name);
        }

        List<FunctionCallContent> calls = [.. message.Contents.OfType<FunctionCallContent>()];
        WriteContent(writer, message, hasCalls: calls.Count > 0);
        string refusal = string.Concat(message.Contents.OfType<ErrorContent>().Select(error => error.Message));
        if (refusal.Length > 0)
        {
            writer.WriteString("refusal", refusal);
        }

        if (calls.Count > 0)
        {
            writer.WriteStartArray("tool_calls");
            calls.ForEach(call => WriteCall(writer, call));
            writer.WriteEndArray();
        }

        writer.WriteEndObject();
    }

    private static void WriteContent(Utf8JsonWriter writer, ChatMessage message, bool hasCalls)
    {
        List<AIContent> parts = [.. message.Contents.Where(OpenAiPartWriter.IsPart)];
        if (parts.Count == 0 && (hasCalls || message.Contents.Any(content => content is ErrorContent)))
        {
            writer.WriteNull("content");
        }
        else if (parts.Count <= 1 && parts.All(part => part is TextContent))
        {
            writer.WriteString("content", message.Text);
        }
        else
        {
            writer.WriteStartArray("content");
            parts.ForEach(part => OpenAiPartWriter.Write(writer, part));
            writer.WriteEndArray();
        }
    }

    private static void WriteCall(Utf8JsonWriter writer, FunctionCallContent call)
    {
        writer.WriteStartObject();
        writer.WriteString("id", call.CallId);
        writer.WriteString("type", "function");
        writer.WriteStartObject("function");
        writer.WriteString("name", call.Name);
        writer.WriteString("arguments", call.Arguments is null ? "{}" : ToolResultText.ToJson(call.Arguments));
        writer.WriteEndObject();
        writer.WriteEndObject();
    }
}
