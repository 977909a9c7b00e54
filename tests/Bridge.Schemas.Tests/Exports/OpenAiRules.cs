using System.Text.Json;

namespace Bridge.Schemas.Tests.Exports;

/// <summary>The rules of the guide "Structured model outputs", read from the written schema alone.</summary>
internal sealed class OpenAiRules
{
    private static readonly string[] s_keywords =
    [
        "type", "description", "properties", "required", "additionalProperties", "items", "minItems", "maxItems", "enum", "anyOf", "$ref", "pattern",
        "format", "minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum", "multipleOf",
    ];

    private static readonly string[] s_types = ["string", "number", "boolean", "integer", "object", "array", "null"];
    private static readonly string[] s_formats = ["date-time", "time", "date", "duration", "email", "hostname", "ipv4", "ipv6", "uuid"];

    private readonly JsonElement _root;
    private readonly List<string> _broken = [];
    private int _properties;
    private int _enumValues;
    private int _characters;

    private OpenAiRules(JsonElement root) => _root = root;

    /// <summary>The rules that a schema breaks.</summary>
    public static IReadOnlyList<string> Broken(JsonElement schema)
    {
        var rules = new OpenAiRules(schema);
        rules.Expect(schema.TryGetProperty("type", out JsonElement type) && type.ValueEquals("object"), "the root is an object");
        rules.Expect(!schema.TryGetProperty("anyOf", out _), "the root is no anyOf");
        rules.Check(schema, isRoot: true);
        foreach (JsonProperty definition in rules.Definitions())
        {
            rules._characters += definition.Name.Length;
            rules.Check(definition.Value);
        }

        rules.Expect(rules._properties <= 5_000, "at most 5000 properties");
        rules.Expect(rules._enumValues <= 1_000, "at most 1000 values of enums");
        rules.Expect(rules._characters <= 120_000, "at most 120000 characters");
        rules.Expect(rules.Levels(schema, []) <= 10, "at most 10 levels");
        return rules._broken;
    }

    private JsonElement.ObjectEnumerator Definitions() => _root.TryGetProperty("$defs", out JsonElement definitions) ? definitions.EnumerateObject() : default;

    private void Expect(bool holds, string rule)
    {
        if (!holds)
        {
            _broken.Add(rule);
        }
    }

    private void Check(JsonElement schema, bool isRoot = false)
    {
        foreach (JsonProperty keyword in schema.EnumerateObject())
        {
            Expect(s_keywords.Contains(keyword.Name) || (isRoot && keyword.Name == "$defs"), $"'{keyword.Name}' is a supported keyword");
        }

        if (schema.TryGetProperty("$ref", out JsonElement reference))
        {
            Expect(schema.EnumerateObject().Count() == 1, "a reference stands alone");
            Expect(Definitions().Any(definition => reference.ValueEquals($"#/$defs/{definition.Name}")), "a reference leads to a definition");
            return;
        }

        if (schema.TryGetProperty("anyOf", out JsonElement branches))
        {
            branches.EnumerateArray().ToList().ForEach(branch => Check(branch));
            return;
        }

        string[] types = schema.TryGetProperty("type", out JsonElement type)
            ? type.ValueKind == JsonValueKind.Array ? [.. type.EnumerateArray().Select(name => name.GetString()!)] : [type.GetString()!]
            : [];
        Expect(types.Length > 0 && types.All(s_types.Contains), "every schema has a type, a reference or alternatives");
        if (types.Contains("object"))
        {
            CheckObject(schema);
        }

        if (types.Contains("array"))
        {
            Expect(schema.TryGetProperty("items", out _), "an array says what its items are");
            Check(schema.GetProperty("items"));
        }

        if (schema.TryGetProperty("format", out JsonElement format))
        {
            Expect(s_formats.Contains(format.GetString()), $"'{format}' is a supported format");
        }

        CheckEnum(schema);
    }

    private void CheckObject(JsonElement schema)
    {
        Expect(schema.TryGetProperty("additionalProperties", out JsonElement others) && others.ValueKind == JsonValueKind.False, "additionalProperties is false");
        string[] names = [.. schema.GetProperty("properties").EnumerateObject().Select(property => property.Name)];
        string[] required = [.. schema.GetProperty("required").EnumerateArray().Select(name => name.GetString()!)];
        Expect(names.Order().SequenceEqual(required.Order()), "every property is required");
        _properties += names.Length;
        _characters += names.Sum(name => name.Length);
        foreach (JsonProperty property in schema.GetProperty("properties").EnumerateObject())
        {
            Check(property.Value);
        }
    }

    private void CheckEnum(JsonElement schema)
    {
        if (schema.TryGetProperty("enum", out JsonElement values))
        {
            int characters = values.EnumerateArray().Sum(value => value.ToString().Length);
            _enumValues += values.GetArrayLength();
            _characters += characters;
            Expect(values.GetArrayLength() <= 250 || characters <= 15_000, "a large enum has at most 15000 characters");
            Expect(values.EnumerateArray().All(value => value.ValueKind is not (JsonValueKind.Object or JsonValueKind.Array)), "values of enums are plain");
        }
    }

    private int Levels(JsonElement schema, string[] above)
    {
        if (schema.TryGetProperty("$ref", out JsonElement reference))
        {
            string name = reference.GetString()!["#/$defs/".Length..];
            return above.Contains(name) ? 0 : Levels(_root.GetProperty("$defs").GetProperty(name), [.. above, name]);
        }

        var below = new List<JsonElement>();
        below.AddRange(schema.TryGetProperty("properties", out JsonElement properties) ? properties.EnumerateObject().Select(property => property.Value) : []);
        below.AddRange(schema.TryGetProperty("items", out JsonElement items) ? [items] : []);
        int own = below.Count > 0 ? 1 : 0;
        below.AddRange(schema.TryGetProperty("anyOf", out JsonElement branches) ? branches.EnumerateArray() : []);
        return own + below.Select(inner => Levels(inner, above)).DefaultIfEmpty(0).Max();
    }
}
