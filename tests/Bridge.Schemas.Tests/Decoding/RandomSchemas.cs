using System.Text.Json.Nodes;

namespace Bridge.Schemas.Tests.Decoding;

/// <summary>Makes schemas at random, of every keyword that decoding honours and some that it does not.</summary>
internal sealed class RandomSchemas(int seed)
{
    public static readonly string[] Patterns =
        ["^[a-c]{2,4}$", "x", "^\\d+$", "^(?:ab|cd)*$", "^[^/]+/[^/]+$", "\\bok\\b", "^\\p{Lu}", "^.{2,3}$", "é|ü", "^\"q\\\\$", "[\\n\\t]", "^$"];

    private static readonly string[] s_formats = ["date", "date-time", "time", "duration", "email", "hostname", "ipv4", "ipv6", "uri", "uuid"];
    private static readonly string[] s_names = ["a", "b", "ab", "A", "é\"", "name", "kind"];

    private readonly Random _random = new(seed);

    /// <summary>Makes a whole schema, with definitions that may refer to themselves.</summary>
    public JsonObject Make()
    {
        JsonObject root = Schema(3);
        root["$defs"] = new JsonObject { ["one"] = Schema(2), ["two"] = Schema(2) };
        return root;
    }

    private JsonObject Schema(int depth)
    {
        JsonObject schema = Roll(12) switch
        {
            0 => new JsonObject { ["enum"] = new JsonArray([.. Enumerable.Range(0, 1 + Roll(4)).Select(_ => Constant())]) },
            1 => new JsonObject { ["const"] = Constant() },
            2 when depth > 0 => new JsonObject { ["$ref"] = Roll(2) == 0 ? "#/$defs/one" : "#/$defs/two" },
            3 => [],
            4 or 5 => Text(),
            6 => Number(),
            7 => new JsonObject { ["type"] = Roll(2) == 0 ? "boolean" : "null" },
            8 when depth > 0 => List(depth),
            _ => depth > 0 ? Record(depth) : Text(),
        };
        if (depth > 0 && Roll(5) == 0)
        {
            schema[new[] { "anyOf", "oneOf", "allOf" }[Roll(3)]] = new JsonArray([.. Enumerable.Range(0, 1 + Roll(3)).Select(_ => Schema(depth - 1))]);
        }

        if (Roll(30) == 0)
        {
            schema["not"] = Schema(0);
        }

        if (schema["type"] is JsonValue type && Roll(6) == 0)
        {
            schema["type"] = new JsonArray(type.GetValue<string>(), "null");
        }

        return schema;
    }

    private JsonObject Text()
    {
        var schema = new JsonObject { ["type"] = "string" };
        MaybeAdd(schema, "minLength", () => Roll(4));
        MaybeAdd(schema, "maxLength", () => 2 + Roll(5));
        if (Roll(3) == 0)
        {
            schema["pattern"] = Patterns[Roll(Patterns.Length)];
        }
        else if (Roll(4) == 0)
        {
            schema["format"] = s_formats[Roll(s_formats.Length)];
            schema.Remove("maxLength");
        }

        return schema;
    }

    private JsonObject Number()
    {
        var schema = new JsonObject { ["type"] = Roll(2) == 0 ? "integer" : "number" };
        MaybeAdd(schema, "minimum", () => JsonValue.Create(Roll(40) - 20 + (Roll(3) == 0 ? 0.25m : 0)));
        MaybeAdd(schema, "exclusiveMaximum", () => JsonValue.Create(Roll(2000) - 10 + (Roll(3) == 0 ? 0.125m : 0)));
        MaybeAdd(schema, "exclusiveMinimum", () => Roll(20) - 10);
        MaybeAdd(schema, "maximum", () => Roll(300));
        if (Roll(6) == 0)
        {
            schema["multipleOf"] = new[] { JsonValue.Create(3), JsonValue.Create(0.01m), JsonValue.Create(2.5m) }[Roll(3)];
        }

        return schema;
    }

    private JsonObject List(int depth)
    {
        var schema = new JsonObject { ["type"] = "array" };
        MaybeAdd(schema, "minItems", () => Roll(3));
        MaybeAdd(schema, "maxItems", () => 1 + Roll(4));
        MaybeAdd(schema, "items", () => Roll(5) == 0 ? JsonValue.Create(false) : Schema(depth - 1));
        if (Roll(3) == 0)
        {
            schema["prefixItems"] = new JsonArray([.. Enumerable.Range(0, 1 + Roll(2)).Select(_ => Schema(depth - 1))]);
        }

        if (Roll(20) == 0)
        {
            schema["uniqueItems"] = true;
        }

        return schema;
    }

    private JsonObject Record(int depth)
    {
        var schema = new JsonObject { ["type"] = "object" };
        string[] names = [.. s_names.OrderBy(_ => _random.Next()).Take(Roll(4))];
        schema["properties"] = new JsonObject(names.Select(name => KeyValuePair.Create<string, JsonNode?>(name, Schema(depth - 1))));
        schema["required"] = new JsonArray([.. s_names.Where(name => Roll(names.Contains(name) ? 2 : 30) == 0).Select(name => JsonValue.Create(name))]);
        MaybeAdd(schema, "additionalProperties", () => Roll(3) switch
        {
            0 => JsonValue.Create(false),
            1 => JsonValue.Create(true),
            _ => Schema(depth - 1),
        });
        if (Roll(20) == 0)
        {
            schema["minProperties"] = 1;
        }

        return schema;
    }

    private JsonNode? Constant() => Roll(8) switch
    {
        0 => null,
        1 => true,
        2 => 3 - Roll(6),
        3 => 2.5m,
        4 => new JsonArray(1, "x"),
        5 => new JsonObject { ["k"] = Roll(3) },
        _ => new[] { "red", "re", "é\n", "", "\"" }[Roll(5)],
    };

    private void MaybeAdd(JsonObject schema, string keyword, Func<JsonNode?> value)
    {
        if (Roll(3) == 0)
        {
            schema[keyword] = value();
        }
    }

    private int Roll(int sides) => _random.Next(sides);
}
