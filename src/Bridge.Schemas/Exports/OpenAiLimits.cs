using System.Text.Json;
using System.Text.Json.Nodes;

namespace Bridge.Schemas.Exports;

/// <summary>The sizes that OpenAI's structured outputs allow.</summary>
/// <remarks>
/// Source: the guide "Structured model outputs", under "Objects have limitations on nesting depth and size", "Limitations on
/// total string size" and "Limitations on enum size". It does not say whether arrays count as levels; they are counted.
/// </remarks>
internal sealed class OpenAiLimits
{
    private const int MaxProperties = 5_000;
    private const int MaxDepth = 10;
    private const int MaxCharacters = 120_000;
    private const int MaxEnumValues = 1_000;
    private const int LargeEnum = 250;
    private const int MaxLargeEnumCharacters = 15_000;

    private readonly Dictionary<string, int> _depths = new(StringComparer.Ordinal);
    private readonly JsonObject _definitions;
    private int _properties;
    private int _characters;
    private int _enumValues;
    private int _largestEnum;

    private OpenAiLimits(JsonObject schema) => _definitions = schema["$defs"] as JsonObject ?? [];

    /// <summary>Says which limit a schema is over; <see langword="null"/> when it is over none.</summary>
    public static string? Check(JsonObject schema)
    {
        var limits = new OpenAiLimits(schema);
        limits.Measure(schema);
        foreach ((string name, JsonNode? definition) in limits._definitions)
        {
            limits._characters += name.Length;
            limits.Measure(definition!.AsObject());
        }

        return Over(limits._properties, MaxProperties, "properties")
            ?? Over(limits._enumValues, MaxEnumValues, "values of enums")
            ?? Over(limits._largestEnum, MaxLargeEnumCharacters, $"characters in one enum of more than {LargeEnum} values")
            ?? Over(limits._characters, MaxCharacters, "characters in names, enums and constants")
            ?? Over(limits.Depth(schema), MaxDepth, "levels of objects and arrays");
    }

    private static string? Over(int count, int limit, string what) =>
        count > limit ? $"The schema has {count} {what}; a strict schema has at most {limit}." : null;

    /// <summary>The schemas right below one.</summary>
    private static IEnumerable<JsonObject> Below(JsonObject schema) =>
    [
        .. (schema["properties"] as JsonObject ?? []).Select(property => property.Value!.AsObject()),
        .. schema["items"] is JsonObject items ? (JsonObject[])[items] : [],
        .. (schema["anyOf"] as JsonArray ?? []).Select(branch => branch!.AsObject()),
    ];

    private void Measure(JsonObject schema)
    {
        foreach ((string name, _) in schema["properties"] as JsonObject ?? [])
        {
            _properties++;
            _characters += name.Length;
        }

        if (schema["enum"] is JsonArray values)
        {
            int characters = values.Sum(value => value?.GetValueKind() == JsonValueKind.String ? value.GetValue<string>().Length : value?.ToJsonString().Length ?? 0);
            _characters += characters;
            _enumValues += values.Count;
            _largestEnum = Math.Max(_largestEnum, values.Count > LargeEnum ? characters : 0);
        }

        foreach (JsonObject inner in Below(schema))
        {
            Measure(inner);
        }
    }

    /// <summary>The levels of a schema, references followed; what contains itself counts once.</summary>
    private int Depth(JsonObject schema)
    {
        if (schema["$ref"]?.GetValue<string>() is { } reference)
        {
            string name = reference[(reference.LastIndexOf('/') + 1)..];
            if (!_depths.TryGetValue(name, out int known))
            {
                _depths[name] = 0;
                _depths[name] = known = Depth(_definitions[name]!.AsObject());
            }

            return known;
        }

        int own = schema.ContainsKey("properties") || schema.ContainsKey("items") ? 1 : 0;
        return own + Below(schema).Select(Depth).DefaultIfEmpty(0).Max();
    }
}
