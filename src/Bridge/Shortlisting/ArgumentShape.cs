using System.Text.Json;

namespace Bridge.Shortlisting;

/// <summary>What kinds of values a tool takes and a text offers: a text with a date in it speaks for a tool that wants one.</summary>
[Flags]
internal enum ValueKinds
{
    None = 0,

    /// <summary>Identifiers such as <c>A1b2</c>.</summary>
    Identifier = 1,

    /// <summary>Dates, times and years.</summary>
    Date = 2,

    /// <summary>Other numbers.</summary>
    Number = 4,

    /// <summary>Names and quoted or free text.</summary>
    Text = 8,
}

/// <summary>What arguments a tool takes, as far as names and types of its parameters say.</summary>
/// <param name="Taken">The kinds of its parameters.</param>
/// <param name="Needed">The kinds of its required parameters.</param>
/// <param name="Count">How many parameters there are.</param>
/// <param name="Required">How many are required.</param>
internal sealed record ArgumentShape(ValueKinds Taken, ValueKinds Needed, int Count, int Required)
{
    private const int MaxParameters = 64;

    private static readonly string[] s_dateWords = ["date", "time", "year", "month", "day"];

    /// <summary>Reads the shape off an input schema.</summary>
    /// <param name="schema">The schema.</param>
    public static ArgumentShape Of(JsonElement schema)
    {
        var shape = new ArgumentShape(ValueKinds.None, ValueKinds.None, 0, 0);
        if (schema.ValueKind != JsonValueKind.Object
            || !schema.TryGetProperty("properties", out JsonElement properties) || properties.ValueKind != JsonValueKind.Object)
        {
            return shape;
        }

        HashSet<string> required = RequiredOf(schema);
        foreach (JsonProperty property in properties.EnumerateObject().Take(MaxParameters))
        {
            ValueKinds kind = KindOf(property);
            bool needed = required.Contains(property.Name);
            shape = new ArgumentShape(
                shape.Taken | kind, needed ? shape.Needed | kind : shape.Needed, shape.Count + 1, shape.Required + (needed ? 1 : 0));
        }

        return shape;
    }

    private static HashSet<string> RequiredOf(JsonElement schema) =>
        schema.TryGetProperty("required", out JsonElement names) && names.ValueKind == JsonValueKind.Array
            ? [.. names.EnumerateArray().Where(name => name.ValueKind == JsonValueKind.String).Select(name => name.GetString()!)]
            : [];

    private static ValueKinds KindOf(JsonProperty property)
    {
        string type = property.Value.ValueKind == JsonValueKind.Object
            && property.Value.TryGetProperty("type", out JsonElement value) && value.ValueKind == JsonValueKind.String ? value.GetString()! : "";
        string name = property.Name;
        if (name.EndsWith("id", StringComparison.OrdinalIgnoreCase) || name.EndsWith("code", StringComparison.OrdinalIgnoreCase)
            || (type == "string" && name.Contains("number", StringComparison.OrdinalIgnoreCase)))
        {
            return ValueKinds.Identifier;
        }

        if (s_dateWords.Any(word => name.Contains(word, StringComparison.OrdinalIgnoreCase)))
        {
            return ValueKinds.Date;
        }

        return type switch
        {
            "integer" or "number" => ValueKinds.Number,
            "boolean" => ValueKinds.None,
            _ => ValueKinds.Text,
        };
    }
}
