using System.Collections.Frozen;
using System.Text.Json;

namespace Bridge.Evaluation.Records;

/// <summary>The declared type of a parameter.</summary>
/// <param name="Name">One of <c>string</c>, <c>integer</c>, <c>float</c>, <c>boolean</c>, <c>array</c>, <c>tuple</c>, <c>dict</c>, <c>any</c>.</param>
/// <param name="Item">The type of an array's items, of the same names; <see langword="null"/> where none is declared.</param>
public sealed record DeclaredType(string Name, string? Item)
{
    private static readonly FrozenSet<string> s_names = FrozenSet.Create("string", "integer", "float", "boolean", "array", "tuple", "dict", "any");

    internal static DeclaredType Read(JsonElement json)
    {
        string? name = json.ValueKind switch
        {
            JsonValueKind.String => json.GetString(),
            JsonValueKind.Array when json.GetArrayLength() is 1 or 2 && json[0].ValueKind == JsonValueKind.String => json[0].GetString(),
            _ => null,
        };
        string? item = json.ValueKind == JsonValueKind.Array && json.GetArrayLength() == 2 && json[1].ValueKind == JsonValueKind.String ? json[1].GetString() : null;
        return name is not null && s_names.Contains(name) && (item is null || s_names.Contains(item))
            ? new DeclaredType(name, item)
            : throw new FormatException($"{json.GetRawText()} is no declared type; write [TYPE, ITEM-TYPE or null] with {string.Join(", ", s_names.Order(StringComparer.Ordinal).Select(known => $"'{known}'"))}.");
    }

    internal static DeclaredType OfSchema(JsonElement schema) =>
        NameOf(schema) is "array" and var name && schema.TryGetProperty("items", out JsonElement items) ? new DeclaredType(name, NameOf(items)) : new DeclaredType(NameOf(schema), null);

    private static string NameOf(JsonElement schema)
    {
        if (schema.ValueKind != JsonValueKind.Object || !schema.TryGetProperty("type", out JsonElement type))
        {
            return "any";
        }

        JsonElement first = type.ValueKind == JsonValueKind.Array
            ? type.EnumerateArray().FirstOrDefault(item => item.ValueKind == JsonValueKind.String && item.GetString() != "null")
            : type;
        return (first.ValueKind == JsonValueKind.String ? first.GetString() : null) switch
        {
            "string" => "string",
            "integer" => "integer",
            "number" => "float",
            "boolean" => "boolean",
            "array" => "array",
            "object" => "dict",
            _ => "any",
        };
    }
}
