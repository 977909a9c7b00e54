using System.Text.Json;
using System.Text.Json.Nodes;

namespace Bridge.Evaluation.Originals;

/// <summary>Schemas whose types are named as in Python, as benchmarks write them, in the names of JSON Schema.</summary>
internal static class DialectSchema
{
    /// <summary>The schema with the types of JSON Schema; what else it holds stays.</summary>
    /// <param name="schema">The schema.</param>
    public static JsonNode? Convert(JsonElement schema)
    {
        JsonNode? node = JsonNode.Parse(schema.GetRawText());
        Rename(node);
        return node;
    }

    private static void Rename(JsonNode? node)
    {
        if (node is JsonArray list)
        {
            foreach (JsonNode? item in list)
            {
                Rename(item);
            }
        }

        if (node is not JsonObject schema)
        {
            return;
        }

        if (schema["type"] is JsonValue said && said.TryGetValue(out string? type))
        {
            if (type == "any")
            {
                schema.Remove("type");
            }
            else
            {
                schema["type"] = NameOf(type);
            }
        }

        // What lies in these is a value, no schema.
        foreach ((string name, JsonNode? member) in schema.Where(member => member.Key is not ("default" or "const" or "enum" or "examples")).ToArray())
        {
            Rename(member);
        }
    }

    private static string NameOf(string type) => type switch
    {
        "dict" => "object",
        "float" or "double" => "number",
        "int" => "integer",
        "bool" => "boolean",
        "str" or "enum" => "string",
        "list" or "tuple" or "set" or "list(string)" or "list(enum)" or "objectArray" => "array",
        _ => type,
    };
}
