using System.Buffers;
using System.Collections;
using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.Extensions.AI;

namespace Bridge.ChatCalling;

/// <summary>Arguments of function calls as JSON, without reflection.</summary>
internal static class CallArguments
{
    /// <summary>The arguments as the model wrote them where the client kept that, else as the client parsed them.</summary>
    public static byte[] ToUtf8(FunctionCallContent call)
    {
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

    /// <summary>A text as a JSON string.</summary>
    public static string Quote(string text) => JsonValue.Create(text).ToJsonString();

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
