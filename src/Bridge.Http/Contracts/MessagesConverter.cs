using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Serialization;
using Bridge.Prompts;

namespace Bridge.Http.Contracts;

/// <summary>Messages in the form of OpenAI's chat completions API.</summary>
internal sealed class MessagesConverter : JsonConverter<ImmutableArray<PromptMessage>>
{
    public override ImmutableArray<PromptMessage> Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        OpenAiMessages.Read(JsonElement.ParseValue(ref reader));

    public override void Write(Utf8JsonWriter writer, ImmutableArray<PromptMessage> value, JsonSerializerOptions options)
    {
        writer.WriteStartArray();
        foreach (PromptMessage message in value)
        {
            OpenAiMessages.Write(writer, message);
        }

        writer.WriteEndArray();
    }
}
