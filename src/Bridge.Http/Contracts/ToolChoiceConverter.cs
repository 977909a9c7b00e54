using System.Diagnostics.CodeAnalysis;
using System.Text.Json;
using System.Text.Json.Serialization;
using Bridge.Calling;

namespace Bridge.Http.Contracts;

/// <summary>A tool choice in OpenAI's form: a word, or a function by name.</summary>
internal sealed class ToolChoiceConverter : JsonConverter<ToolChoice>
{
    /// <summary>What is allowed, for people.</summary>
    public const string Allowed =
        """must be "auto", "none", "required" or {"type": "function", "function": {"name": "TOOL"}}""";

    public static bool TryRead(JsonElement value, [NotNullWhen(true)] out ToolChoice? choice)
    {
        choice = value.ValueKind switch
        {
            JsonValueKind.String when value.ValueEquals("auto") => ToolChoice.Auto,
            JsonValueKind.String when value.ValueEquals("none") => ToolChoice.None,
            JsonValueKind.String when value.ValueEquals("required") => ToolChoice.Required,
            JsonValueKind.Object when ReadName(value) is { Length: > 0 } name => ToolChoice.Named(name),
            _ => null,
        };
        return choice is not null;
    }

    public override ToolChoice Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        TryRead(JsonElement.ParseValue(ref reader), out ToolChoice? choice)
            ? choice
            : throw new JsonException($"A tool choice {Allowed}.");

    public override void Write(Utf8JsonWriter writer, ToolChoice value, JsonSerializerOptions options)
    {
        if (value.Mode != ToolChoiceMode.Named)
        {
            writer.WriteStringValue(JsonNamingPolicy.SnakeCaseLower.ConvertName(value.Mode.ToString()));
            return;
        }

        writer.WriteStartObject();
        writer.WriteString("type", "function");
        writer.WriteStartObject("function");
        writer.WriteString("name", value.Tool);
        writer.WriteEndObject();
        writer.WriteEndObject();
    }

    private static string? ReadName(JsonElement choice) =>
        choice.TryGetProperty("type", out JsonElement type) && type.ValueKind == JsonValueKind.String && type.ValueEquals("function")
        && choice.TryGetProperty("function", out JsonElement function) && function.ValueKind == JsonValueKind.Object
        && function.TryGetProperty("name", out JsonElement name) && name.ValueKind == JsonValueKind.String
            ? name.GetString()
            : null;
}
