using System.Collections.Immutable;
using System.Text.Json;

namespace Bridge.Prompts;

/// <summary>The messages of OpenAI's chat completions API, read into and written from prompts.</summary>
/// <remarks>
/// Roles <c>system</c>, <c>developer</c>, <c>user</c>, <c>assistant</c> and <c>tool</c>; content as text or as parts
/// (<c>text</c>, <c>refusal</c>, <c>image_url</c>, <c>input_audio</c>, <c>file</c>). Members that Bridge does not know stay in
/// <see cref="PromptMessage.Wire"/> and are written back untouched.
/// </remarks>
public static class OpenAiMessages
{
    /// <summary>Reads the value of <c>messages</c>.</summary>
    /// <param name="messages">A JSON array with at least one message.</param>
    /// <returns>The messages, each with the JSON it came from.</returns>
    /// <exception cref="PromptFormatException">A message is malformed; the exception names the place.</exception>
    public static ImmutableArray<PromptMessage> Read(JsonElement messages)
    {
        var root = new WireValue(messages, "messages");
        ImmutableArray<PromptMessage> read = [.. root.Items("messages").Select(OpenAiMessageReader.Read)];
        return read.Length > 0 ? read : throw root.Fault("must hold at least one message.");
    }

    /// <summary>Writes a message: from the JSON it was read from where there is one, else from its contents.</summary>
    /// <param name="writer">The writer, inside an array: a message with the results of several calls is written as one message for each.</param>
    /// <param name="message">The message.</param>
    public static void Write(Utf8JsonWriter writer, PromptMessage message)
    {
        ArgumentNullException.ThrowIfNull(writer);
        ArgumentNullException.ThrowIfNull(message);
        if (message.Wire is { } wire)
        {
            writer.WriteRawValue(wire.GetRawText(), skipInputValidation: true);
        }
        else
        {
            OpenAiMessageWriter.Write(writer, message.Inner);
        }
    }
}
