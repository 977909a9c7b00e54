using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using Bridge.Schemas.Automata;

namespace Bridge.Llama.Decoding;

/// <summary>Writes values as decoding writes them, as far as that is easily known: a guess that is spelled otherwise only costs time.</summary>
internal static class DraftJson
{
    /// <summary>Writes arguments, members in the order of the tool's schema.</summary>
    /// <param name="arguments">The arguments, an object.</param>
    /// <param name="schema">The tool's schema.</param>
    /// <param name="style">How JSON is set.</param>
    public static string Write(JsonElement arguments, JsonElement schema, JsonStyle style)
    {
        var text = new StringBuilder();
        JsonProperty[] members = [.. arguments.EnumerateObject()];
        if (schema.ValueKind == JsonValueKind.Object && schema.TryGetProperty("properties", out JsonElement properties) && properties.ValueKind == JsonValueKind.Object)
        {
            string[] order = [.. properties.EnumerateObject().Select(property => property.Name)];
            members = [.. members.OrderBy(member => Array.IndexOf(order, member.Name) is var at && at < 0 ? int.MaxValue : at)];
        }

        WriteObject(text, members, style);
        return text.ToString();
    }

    private static void Write(StringBuilder text, JsonElement value, JsonStyle style)
    {
        switch (value.ValueKind)
        {
            case JsonValueKind.Object:
                WriteObject(text, [.. value.EnumerateObject()], style);
                break;
            case JsonValueKind.Array:
                text.Append('[');
                foreach ((int i, JsonElement item) in value.EnumerateArray().Index())
                {
                    text.Append(i == 0 ? "" : Comma(style));
                    Write(text, item, style);
                }

                text.Append(']');
                break;
            case JsonValueKind.String:
                WriteString(text, value.GetString()!);
                break;
            default:
                text.Append(value.GetRawText());
                break;
        }
    }

    private static void WriteObject(StringBuilder text, JsonProperty[] members, JsonStyle style)
    {
        text.Append('{');
        foreach ((int i, JsonProperty member) in members.Index())
        {
            text.Append(i == 0 ? "" : Comma(style));
            WriteString(text, member.Name);
            text.Append(style == JsonStyle.Spaced ? ": " : ":");
            Write(text, member.Value, style);
        }

        text.Append('}');
    }

    private static void WriteString(StringBuilder text, string value) =>
        text.Append('"').Append(JavaScriptEncoder.UnsafeRelaxedJsonEscaping.Encode(value)).Append('"');

    private static string Comma(JsonStyle style) => style == JsonStyle.Spaced ? ", " : ",";
}
