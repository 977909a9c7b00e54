using System.Buffers;
using System.Collections.Immutable;
using System.Text.Json;
using Bridge.Outcomes;
using Bridge.Prompts;
using Bridge.Redaction;
using Bridge.Shortlisting;
using Microsoft.Extensions.AI;

namespace Bridge.Traffic;

/// <summary>Writes one kept prompt as a line, its secrets replaced.</summary>
internal static class TrafficLine
{
    /// <summary>Tools that a line holds at the most: the called ones and those before them in the catalog.</summary>
    public const int MaxTools = 64;

    /// <summary>Writes a line with its end.</summary>
    /// <param name="output">Receives it.</param>
    /// <param name="finished">The prompt.</param>
    /// <param name="time">When it ended.</param>
    /// <param name="redactor">Replaces secrets in what was said and in arguments.</param>
    public static void Write(IBufferWriter<byte> output, FinishedPrompt finished, DateTimeOffset time, SecretRedactor redactor)
    {
        using (var json = new Utf8JsonWriter(output))
        {
            json.WriteStartObject();
            json.WriteString("time", time.UtcDateTime);
            json.WriteString("caller", finished.Caller);
            json.WriteString("outcome", OutcomeNames.Of(finished.Calling.Outcome));
            json.WritePropertyName("messages");
            redactor.Redact(MessagesOf(finished.Prompt)).WriteTo(json);
            WriteTools(json, finished);
            WriteCalls(json, finished, redactor);
            json.WriteEndObject();
        }

        output.Write("\n"u8);
    }

    // Images and other data say nothing that could be learned from, and would fill the disk.
    private static JsonElement MessagesOf(Prompt prompt)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartArray();
            foreach (PromptMessage message in prompt.Messages)
            {
                bool plain = message.Inner.Contents.All(content => content is TextContent or FunctionCallContent or FunctionResultContent);
                OpenAiMessages.Write(json, plain ? message : PromptMessage.From(new ChatMessage(message.Role, message.Text)));
            }

            json.WriteEndArray();
        }

        return JsonElement.Parse(buffer.WrittenSpan);
    }

    private static void WriteTools(Utf8JsonWriter json, FinishedPrompt finished)
    {
        ImmutableArray<ShortlistedTool> shown = finished.Shown.Tools;
        HashSet<Tools.Tool> called = [.. finished.Calling.Calls.Select(call => call.Call.Tool)];
        int others = MaxTools - called.Count;
        ImmutableArray<ShortlistedTool> kept = [.. shown.Where(tool => called.Contains(tool.Tool) || others-- > 0)];
        json.WriteStartArray("tools");
        foreach (ShortlistedTool tool in kept)
        {
            json.WriteStartObject();
            json.WriteString("name", tool.WireName);
            json.WriteString("id", tool.Tool.Id.ToString());
            json.WriteString("description", tool.Tool.Description);
            json.WritePropertyName("inputSchema");
            tool.Tool.InputSchema.WriteTo(json);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        if (kept.Length < shown.Length)
        {
            json.WriteNumber("tools_left_out", shown.Length - kept.Length);
        }
    }

    private static void WriteCalls(Utf8JsonWriter json, FinishedPrompt finished, SecretRedactor redactor)
    {
        json.WriteStartArray("calls");
        foreach (CallOutcome call in finished.Calling.Calls)
        {
            json.WriteStartObject();
            json.WriteString("name", finished.Shown.Tools.FirstOrDefault(tool => tool.Tool.Id == call.Call.Tool.Id)?.WireName ?? call.Call.Tool.Id.Name);
            json.WriteString("tool", call.Call.Tool.Id.ToString());
            json.WriteString("status", OutcomeNames.Of(call.Status));
            if (call.Status is CallStatus.Succeeded or CallStatus.ToolError)
            {
                json.WritePropertyName("arguments");
                redactor.Redact(call.Call.ParseArguments()).WriteTo(json);
            }

            json.WriteEndObject();
        }

        json.WriteEndArray();
    }
}
