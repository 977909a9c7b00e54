using System.Text;
using System.Text.Json;

namespace Bridge.ChatCalling;

/// <summary>The arguments of a tool in one line: <c>(city: string, unit?: "C"|"F")</c>.</summary>
internal static class ToolSignature
{
    private const int MaxDepth = 4;
    private const int MaxChoices = 12;

    public static string Of(JsonElement schema) => $"({Properties(schema, depth: 0)})";

    private static string Properties(JsonElement schema, int depth)
    {
        if (schema.ValueKind != JsonValueKind.Object
            || !schema.TryGetProperty("properties", out JsonElement properties) || properties.ValueKind != JsonValueKind.Object)
        {
            return "";
        }

        HashSet<string> required = schema.TryGetProperty("required", out JsonElement names) && names.ValueKind == JsonValueKind.Array
            ? [.. names.EnumerateArray().Where(name => name.ValueKind == JsonValueKind.String).Select(name => name.GetString()!)]
            : [];
        return string.Join(", ", properties.EnumerateObject().Select(property =>
            $"{property.Name}{(required.Contains(property.Name) ? "" : "?")}: {Type(property.Value, depth)}"));
    }

    private static string Type(JsonElement schema, int depth)
    {
        if (schema.ValueKind != JsonValueKind.Object || depth >= MaxDepth)
        {
            return "any";
        }

        if (schema.TryGetProperty("enum", out JsonElement choices) && choices.ValueKind == JsonValueKind.Array)
        {
            return string.Join('|', choices.EnumerateArray().Take(MaxChoices).Select(choice => choice.GetRawText()))
                + (choices.GetArrayLength() > MaxChoices ? "|…" : "");
        }

        return schema.TryGetProperty("type", out JsonElement type) ? Named(type, schema, depth) : Described("any", schema);
    }

    private static string Named(JsonElement type, JsonElement schema, int depth)
    {
        if (type.ValueKind == JsonValueKind.Array)
        {
            return string.Join('|', type.EnumerateArray().Select(one => Named(one, schema, depth)));
        }

        string name = type.ValueKind == JsonValueKind.String ? type.GetString()! : "any";
        return name switch
        {
            "object" when Properties(schema, depth + 1) is { Length: > 0 } inner => $"{{{inner}}}",
            "array" when schema.TryGetProperty("items", out JsonElement items) => $"{Type(items, depth + 1)}[]",
            _ => Described(name, schema),
        };
    }

    /// <summary>The format says more than the type where there is one: a date, an address.</summary>
    private static string Described(string name, JsonElement schema)
    {
        var text = new StringBuilder(name);
        if (schema.TryGetProperty("format", out JsonElement format) && format.ValueKind == JsonValueKind.String)
        {
            text.Append('<').Append(format.GetString()).Append('>');
        }

        return text.ToString();
    }
}
