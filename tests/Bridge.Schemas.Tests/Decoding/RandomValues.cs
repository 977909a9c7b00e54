using System.Text.Json.Nodes;

namespace Bridge.Schemas.Tests.Decoding;

/// <summary>Makes values that a schema may find valid: it reads the schema naively, and the validator decides.</summary>
internal sealed class RandomValues(int seed, JsonObject root)
{
    private static readonly string[] s_texts =
    [
        "", "a", "ab", "abc", "cdab", "x", "1", "123", "a/b", "ok", "so ok!", "É", "Zz", "üx", "\"q\\", "\n", "\t\t", "2024-02-29", "1999-12-31",
        "2024-02-29T23:59:59Z", "12:30:00.5+01:00", "P1Y2M", "PT5S", "P3W", "a.b@c-d.org", "example.org", "a-b", "192.168.0.1", "::1",
        "2001:db8::8:800:200c:417a", "https://u@h:80/p?q#f", "mailto:x@y", "123e4567-e89b-12d3-a456-426614174000", "red", "re", "é\n", "\"", "𝒳y",
    ];

    private readonly Random _random = new(seed);

    /// <summary>Whether every branch that was chosen holds: if not, the value is valid by a branch it was not made for, if at all.</summary>
    public bool IsAsChosen { get; private set; } = true;

    /// <summary>Makes a value of a schema.</summary>
    public JsonNode? Make(JsonNode? schema, int depth = 0)
    {
        IsAsChosen |= depth == 0;
        if (schema is not JsonObject own || depth > 6)
        {
            return Any(depth);
        }

        var chosen = new List<JsonObject>();
        JsonNode? value = MakeFrom(Merge(own, chosen), depth);
        IsAsChosen &= chosen.TrueForAll(part => Holds(part, value));
        return value;
    }

    private bool Holds(JsonObject part, JsonNode? value)
    {
        var whole = new JsonObject { ["allOf"] = new JsonArray(part.DeepClone()), ["$defs"] = root["$defs"]!.DeepClone() };
        return Schemas.Compile(whole.ToJsonString()).IsValid(Schemas.Value(value?.ToJsonString() ?? "null"));
    }

    private JsonNode? MakeFrom(JsonObject merged, int depth)
    {
        if (merged["const"] is { } constant && merged.ContainsKey("const"))
        {
            return constant.DeepClone();
        }

        if (merged["enum"] is JsonArray values && values.Count > 0)
        {
            return values[Roll(values.Count)]?.DeepClone();
        }

        JsonNode? type = merged["type"];
        string? name = type is JsonArray several ? several[Roll(several.Count)]!.GetValue<string>() : type?.GetValue<string>();
        return name switch
        {
            "string" => s_texts[Roll(s_texts.Length)],
            "integer" => Roll(60) - 20,
            "number" => Roll(2) == 0 ? Roll(60) - 20 : JsonValue.Create((Roll(80000) - 20000) / 100m),
            "boolean" => Roll(2) == 0,
            "null" => null,
            "array" => List(merged, depth),
            "object" => Record(merged, depth),
            _ => Any(depth),
        };
    }

    /// <summary>A schema with one branch of every combination laid into it.</summary>
    private JsonObject Merge(JsonObject schema, List<JsonObject> chosen)
    {
        var merged = (JsonObject)schema.DeepClone();
        foreach (string keyword in new[] { "anyOf", "oneOf" })
        {
            if (schema[keyword] is JsonArray branches)
            {
                Lay(merged, branches[Roll(branches.Count)], chosen);
            }
        }

        foreach (JsonNode? part in schema["allOf"] as JsonArray ?? [])
        {
            Lay(merged, part, chosen);
        }

        if (schema["$ref"] is { } reference)
        {
            Lay(merged, root["$defs"]![reference.GetValue<string>().Split('/')[^1]], chosen);
        }

        return merged;
    }

    private void Lay(JsonObject merged, JsonNode? part, List<JsonObject> chosen)
    {
        if (part is not JsonObject schema)
        {
            return;
        }

        chosen.Add(schema);
        foreach ((string keyword, JsonNode? value) in Merge(schema, chosen))
        {
            if (keyword == "properties" && merged["properties"] is JsonObject properties)
            {
                foreach ((string name, JsonNode? member) in value!.AsObject())
                {
                    properties[name] = properties[name] is { } other
                        ? new JsonObject { ["allOf"] = new JsonArray(other.DeepClone(), member?.DeepClone()) }
                        : member?.DeepClone();
                }
            }
            else if (keyword == "required" && merged["required"] is JsonArray required)
            {
                value!.AsArray().ToList().ForEach(name => required.Add(name!.DeepClone()));
            }
            else
            {
                merged[keyword] = value?.DeepClone();
            }
        }
    }

    private JsonArray List(JsonObject schema, int depth)
    {
        int min = schema["minItems"]?.GetValue<int>() ?? 0;
        var list = new JsonArray();
        for (int i = 0, count = min + Roll(3); i < count; i++)
        {
            var prefix = schema["prefixItems"] as JsonArray;
            list.Add(Make(i < prefix?.Count ? prefix[i] : schema["items"], depth + 1));
        }

        return list;
    }

    private JsonObject Record(JsonObject schema, int depth)
    {
        var record = new JsonObject();
        string[] required = [.. (schema["required"] as JsonArray ?? []).Select(name => name!.GetValue<string>())];
        foreach ((string name, JsonNode? member) in schema["properties"] as JsonObject ?? [])
        {
            if (required.Contains(name) || Roll(2) == 0)
            {
                record[name] = Make(member, depth + 1);
            }
        }

        foreach (string name in required.Where(name => !record.ContainsKey(name)))
        {
            record[name] = Make(schema["additionalProperties"], depth + 1);
        }

        bool isOpen = schema["additionalProperties"] is JsonObject || schema["additionalProperties"]?.GetValueKind() == System.Text.Json.JsonValueKind.True;
        for (int i = Roll(3); isOpen && i > 0; i--)
        {
            record[new[] { "z", "zz", "y\"", "x" }[Roll(4)]] = Make(schema["additionalProperties"], depth + 1);
        }

        return record;
    }

    private JsonNode? Any(int depth) => Roll(depth > 3 ? 4 : 6) switch
    {
        0 => null,
        1 => Roll(2) == 0,
        2 => Roll(100) - 50,
        3 => s_texts[Roll(s_texts.Length)],
        4 => new JsonArray(Any(depth + 1)),
        _ => new JsonObject { ["free"] = Any(depth + 1), ["map"] = Any(depth + 1) },
    };

    private int Roll(int sides) => _random.Next(sides);
}
