using System.Buffers;
using System.Collections;
using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.Extensions.AI;

namespace Bridge.ChatCalling;

/// <summary>Arguments of function calls as JSON, without reflection.</summary>
public static class CallArguments
{
    /// <summary>The arguments as the model wrote them where the client kept that, else as the client parsed them.</summary>
    /// <param name="call">The call.</param>
    /// <returns>UTF-8, supposedly a JSON object.</returns>
    public static byte[] ToUtf8(FunctionCallContent call)
    {
        ArgumentNullException.ThrowIfNull(call);
        if (call.RawRepresentation is RawArguments raw)
        {
            return Encoding.UTF8.GetBytes(raw.Json);
        }

        var buffer = new ArrayBufferWriter<byte>();
        using var json = new Utf8JsonWriter(buffer);
        Write(json, call.Arguments ?? new Dictionary<string, object?>());
        json.Flush();
        return buffer.WrittenSpan.ToArray();
    }

    /// <summary>Reads arguments, for clients that must show them parsed and keep them as written.</summary>
    /// <param name="callId">The call's id.</param>
    /// <param name="name">The tool's name.</param>
    /// <param name="json">The arguments as the model wrote them.</param>
    /// <returns>The call, its arguments parsed where they are a JSON object, its raw representation as written.</returns>
    public static FunctionCallContent ToContent(string callId, string name, string json)
    {
        ArgumentNullException.ThrowIfNull(json);
        string written = string.IsNullOrWhiteSpace(json) ? "{}" : json;
        return new FunctionCallContent(callId, name, TryParse(written)) { RawRepresentation = new RawArguments(written) };
    }

    internal static Dictionary<string, object?>? TryParse(string json)
    {
        try
        {
            using JsonDocument document = JsonDocument.Parse(json, new JsonDocumentOptions { AllowDuplicateProperties = false });
            return document.RootElement.ValueKind == JsonValueKind.Object
                ? document.RootElement.EnumerateObject().ToDictionary(property => property.Name, property => (object?)property.Value.Clone())
                : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    /// <summary>A text as a JSON string.</summary>
    internal static string Quote(string text) => JsonValue.Create(text).ToJsonString();

    private static void Write(Utf8JsonWriter json, object? value)
    {
        switch (value)
        {
            case null:
                json.WriteNullValue();
                break;
            case JsonElement element:
                element.WriteTo(json);
                break;
            case JsonNode node:
                node.WriteTo(json);
                break;
            case string text:
                json.WriteStringValue(text);
                break;
            case bool truth:
                json.WriteBooleanValue(truth);
                break;
            case sbyte or byte or short or ushort or int or uint or long or ulong or decimal or float or double:
                WriteNumber(json, (IFormattable)value);
                break;
            case IDictionary<string, object?> map:
                json.WriteStartObject();
                foreach ((string key, object? item) in map)
                {
                    json.WritePropertyName(key);
                    Write(json, item);
                }

                json.WriteEndObject();
                break;
            case IEnumerable list:
                json.WriteStartArray();
                foreach (object? item in list)
                {
                    Write(json, item);
                }

                json.WriteEndArray();
                break;
            default:
                json.WriteStringValue(Convert.ToString(value, CultureInfo.InvariantCulture));
                break;
        }
    }

    private static void WriteNumber(Utf8JsonWriter json, IFormattable number)
    {
        string text = number.ToString(null, CultureInfo.InvariantCulture);
        if (number is double or float && !double.IsFinite(Convert.ToDouble(number, CultureInfo.InvariantCulture)))
        {
            json.WriteStringValue(text); // validation says what is wrong with it
        }
        else
        {
            json.WriteRawValue(text);
        }
    }
}
