using System.Buffers;
using System.Collections.Immutable;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace Bridge.Evaluation.Predictions;

/// <summary>Predictions as lines: <c>{"id","calls":[{"name","arguments"}]}</c>, with what else is known behind it.</summary>
public static class PredictionJson
{
    private static readonly JsonWriterOptions s_options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>Writes a line.</summary>
    /// <param name="prediction">The prediction.</param>
    /// <returns>The line, without its end.</returns>
    public static string Write(Prediction prediction)
    {
        ArgumentNullException.ThrowIfNull(prediction);
        var buffer = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(buffer, s_options))
        {
            writer.WriteStartObject();
            writer.WriteString("id", prediction.Id);
            WriteCalls(writer, prediction.Calls);
            if (prediction.Invalid)
            {
                writer.WriteBoolean("invalid", true);
            }

            WriteText(writer, "caller", prediction.Caller);
            WriteText(writer, "record", prediction.RecordHash);
            WriteText(writer, "reason", prediction.Reason);
            WriteNumber(writer, "confidence", prediction.Confidence, 6);
            WriteNumber(writer, "ms", prediction.Milliseconds, 3);
            WriteAttempts(writer, prediction.Attempts);
            writer.WriteEndObject();
        }

        return Encoding.UTF8.GetString(buffer.WrittenSpan);
    }

    /// <summary>Reads a line.</summary>
    /// <param name="line">The line.</param>
    /// <returns>The prediction; <see langword="null"/> when the line is none, such as one that a killed process wrote in part.</returns>
    public static Prediction? TryRead(string line)
    {
        try
        {
            using JsonDocument document = JsonDocument.Parse(line);
            JsonElement root = document.RootElement;
            return root.ValueKind == JsonValueKind.Object && Text(root, "id") is { } id
                ? new Prediction(id, [.. Items(root, "calls").Select(ReadCall)])
                {
                    Invalid = root.TryGetProperty("invalid", out JsonElement invalid) && invalid.ValueKind == JsonValueKind.True,
                    Caller = Text(root, "caller"),
                    RecordHash = Text(root, "record"),
                    Reason = Text(root, "reason"),
                    Confidence = Number(root, "confidence"),
                    Milliseconds = Number(root, "ms"),
                    Attempts = [.. Items(root, "attempts").Select(ReadAttempt)],
                }
                : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static void WriteCalls(Utf8JsonWriter writer, ImmutableArray<PredictedCall> calls)
    {
        writer.WriteStartArray("calls");
        foreach (PredictedCall call in calls)
        {
            writer.WriteStartObject();
            writer.WriteString("name", call.Name);
            writer.WritePropertyName("arguments");
            call.Arguments.WriteTo(writer);
            WriteNumber(writer, "confidence", call.Confidence, 6);
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
    }

    private static void WriteAttempts(Utf8JsonWriter writer, ImmutableArray<PredictedAttempt> attempts)
    {
        if (attempts.IsEmpty)
        {
            return;
        }

        writer.WriteStartArray("attempts");
        foreach (PredictedAttempt attempt in attempts)
        {
            writer.WriteStartObject();
            writer.WriteString("result", attempt.Result);
            WriteNumber(writer, "ms", attempt.Milliseconds, 3);
            WriteNumber(writer, "temperature", attempt.Temperature, 3);
            WriteNumber(writer, "input_tokens", attempt.InputTokens, 0);
            WriteNumber(writer, "output_tokens", attempt.OutputTokens, 0);
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
    }

    private static void WriteText(Utf8JsonWriter writer, string name, string? value)
    {
        if (value is not null)
        {
            writer.WriteString(name, value);
        }
    }

    private static void WriteNumber(Utf8JsonWriter writer, string name, double? value, int digits)
    {
        if (value is { } number)
        {
            writer.WriteNumber(name, Math.Round(number, digits));
        }
    }

    private static PredictedCall ReadCall(JsonElement json) =>
        new(Text(json, "name"), json.ValueKind == JsonValueKind.Object && json.TryGetProperty("arguments", out JsonElement arguments) ? arguments.Clone() : default)
        {
            Confidence = Number(json, "confidence"),
        };

    private static PredictedAttempt ReadAttempt(JsonElement json) => new(Text(json, "result") ?? "", Number(json, "ms") ?? 0)
    {
        Temperature = Number(json, "temperature"),
        InputTokens = (long?)Number(json, "input_tokens"),
        OutputTokens = (long?)Number(json, "output_tokens"),
    };

    private static JsonElement.ArrayEnumerator Items(JsonElement json, string name) =>
        json.TryGetProperty(name, out JsonElement items) && items.ValueKind == JsonValueKind.Array ? items.EnumerateArray() : default;

    private static string? Text(JsonElement json, string name) =>
        json.ValueKind == JsonValueKind.Object && json.TryGetProperty(name, out JsonElement value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;

    private static double? Number(JsonElement json, string name) =>
        json.ValueKind == JsonValueKind.Object && json.TryGetProperty(name, out JsonElement value) && value.ValueKind == JsonValueKind.Number ? value.GetDouble() : null;
}
