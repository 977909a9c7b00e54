using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Bridge.Shortlisting;
using Bridge.Tools;

namespace Bridge.ChatCalling;

/// <summary>Calls made of the tools' own schemas, for models that follow a form better than what is said of it.</summary>
internal static class ExampleCalls
{
    private const int Deepest = 4;

    /// <summary>Makes calls of the first tools that allow it: only such as their schemas accept.</summary>
    /// <param name="shortlist">The tools.</param>
    /// <param name="count">How many calls at the most.</param>
    public static IEnumerable<(string Name, string Arguments)> Of(Shortlist shortlist, int count) =>
        shortlist.Tools
            .Select(tool => (tool.WireName, Arguments: Write(tool.Tool)))
            .Where(call => call.Arguments.Length > 0)
            .Take(count);

    private static string Write(Tool tool)
    {
        string arguments = (Object(tool.InputSchema, 0) ?? new JsonObject()).ToJsonString();
        return tool.Schema.IsValid(Encoding.UTF8.GetBytes(arguments)) ? arguments : "";
    }

    // What must be there, and nothing else: an argument that may be left out is not to be learned as one that belongs.
    private static JsonObject? Object(JsonElement schema, int depth)
    {
        if (schema.ValueKind != JsonValueKind.Object || depth > Deepest)
        {
            return null;
        }

        var made = new JsonObject();
        if (!schema.TryGetProperty("required", out JsonElement required) || required.ValueKind != JsonValueKind.Array)
        {
            return made;
        }

        JsonElement properties = schema.TryGetProperty("properties", out JsonElement found) ? found : default;
        foreach (string name in required.EnumerateArray().Where(item => item.ValueKind == JsonValueKind.String).Select(item => item.GetString()!))
        {
            JsonElement property = properties.ValueKind == JsonValueKind.Object && properties.TryGetProperty(name, out JsonElement declared) ? declared : default;
            made[name] = Value(property, name, depth + 1);
        }

        return made;
    }

    private static JsonNode? Value(JsonElement schema, string name, int depth)
    {
        if (schema.ValueKind != JsonValueKind.Object)
        {
            return Said(name);
        }

        foreach (string said in (string[])["const", "default"])
        {
            if (schema.TryGetProperty(said, out JsonElement value))
            {
                return JsonNode.Parse(value.GetRawText());
            }
        }

        foreach (string listed in (string[])["enum", "examples"])
        {
            if (schema.TryGetProperty(listed, out JsonElement values) && values.ValueKind == JsonValueKind.Array && values.GetArrayLength() > 0)
            {
                return JsonNode.Parse(values[0].GetRawText());
            }
        }

        return (schema.TryGetProperty("type", out JsonElement type) && type.ValueKind == JsonValueKind.String ? type.GetString() : "") switch
        {
            "integer" or "number" => schema.TryGetProperty("minimum", out JsonElement least) ? JsonNode.Parse(least.GetRawText()) : 1,
            "boolean" => true,
            "array" => schema.TryGetProperty("items", out JsonElement item) && depth < Deepest ? new JsonArray(Value(item, name, depth + 1)) : new JsonArray(),
            "object" => Object(schema, depth),
            _ => Said(name, schema),
        };
    }

    // A name in capitals is seen to stand for something: a likely value would be copied into calls.
    private static JsonNode Said(string name, JsonElement schema = default) =>
        (schema.ValueKind == JsonValueKind.Object && schema.TryGetProperty("format", out JsonElement format) && format.ValueKind == JsonValueKind.String ? format.GetString() : "") switch
        {
            "date" => "2026-01-31",
            "time" => "12:00:00Z",
            "date-time" => "2026-01-31T12:00:00Z",
            "email" => "name@example.org",
            "uri" or "url" => "https://example.org/",
            _ => name.ToUpperInvariant(),
        };
}
