using System.Text.Json.Nodes;

namespace Bridge.Schemas.Tests.Exports;

/// <summary>Schemas at random, of the keywords that tools use.</summary>
internal sealed class RandomSchemas(int seed)
{
    private static readonly string[] s_names = ["a", "b", "A", "ab", "name", "Name", "x\"y", "é", "a b", "€"];
    private static readonly string[] s_patterns = ["^[a-z]+$", "^a?b*$", "x", "^(foo|bar)-\\d{2,4}$", "^\\S+$", "\\.(png|gif)$", "^[^\"\\\\]{1,5}$"];
    private static readonly string[] s_formats = ["date", "time", "date-time", "uuid", "email", "ipv4", "ipv6", "hostname", "uri", "duration"];

    private readonly Random _random = new(seed);

    /// <summary>A schema of at most so many levels.</summary>
    public JsonNode Next(int depth) => _random.Next(depth > 0 ? 12 : 7) switch
    {
        0 => Number(),
        1 or 2 => Text(),
        3 => new JsonObject { ["type"] = "boolean" },
        4 => new JsonObject { ["enum"] = new JsonArray([.. s_names.Take(_random.Next(1, 6)).Select(name => (JsonNode)name), 3, null, new JsonObject { ["k"] = 1.5 }]) },
        5 => new JsonObject { ["const"] = s_names[_random.Next(s_names.Length)] },
        6 => new JsonObject { ["type"] = new JsonArray("string", "null", "integer") },
        7 or 8 => List(depth - 1),
        9 => new JsonObject { ["anyOf"] = new JsonArray(Next(depth - 1), Next(depth - 1), Next(depth - 1)) },
        10 => new JsonObject { ["allOf"] = new JsonArray(Record(depth - 1), Record(depth - 1)) },
        _ => Record(depth - 1),
    };

    private JsonObject Number()
    {
        var schema = new JsonObject { ["type"] = _random.Next(2) == 0 ? "integer" : "number" };
        int low = _random.Next(-200, 200);
        AddSometimes(schema, _random.Next(2) == 0 ? "minimum" : "exclusiveMinimum", _random.Next(2) == 0 ? low : low + 0.25);
        AddSometimes(schema, _random.Next(2) == 0 ? "maximum" : "exclusiveMaximum", low + _random.Next(1, 5_000));
        AddSometimes(schema, "multipleOf", _random.Next(2) == 0 ? 0.01 : _random.Next(1, 9));
        return schema;
    }

    private JsonObject Text()
    {
        var schema = new JsonObject { ["type"] = "string" };
        if (_random.Next(2) == 0)
        {
            schema["pattern"] = s_patterns[_random.Next(s_patterns.Length)];
        }
        else
        {
            AddSometimes(schema, "format", s_formats[_random.Next(s_formats.Length)]);
        }

        AddSometimes(schema, "minLength", _random.Next(0, 6));
        AddSometimes(schema, "maxLength", _random.Next(8, 60));
        return schema;
    }

    private JsonObject List(int depth)
    {
        var schema = new JsonObject { ["type"] = "array" };
        if (_random.Next(3) == 0)
        {
            schema["prefixItems"] = new JsonArray([.. Enumerable.Range(0, _random.Next(1, 4)).Select(_ => Next(depth))]);
        }

        AddSometimes(schema, "items", _random.Next(4) == 0 ? false : Next(depth));
        AddSometimes(schema, "minItems", _random.Next(0, 4));
        AddSometimes(schema, "maxItems", _random.Next(4, 7));
        return schema;
    }

    private JsonObject Record(int depth)
    {
        var properties = new JsonObject();
        foreach (string name in s_names.Where(_ => _random.Next(3) == 0))
        {
            properties[name] = Next(depth);
        }

        string[] required = [.. properties.Select(member => member.Key).Where(_ => _random.Next(3) == 0)];
        var schema = new JsonObject { ["type"] = "object", ["properties"] = properties, ["required"] = new JsonArray([.. required.Select(name => (JsonNode)name)]) };
        AddSometimes(schema, "additionalProperties", _random.Next(2) == 0 ? false : Next(depth));
        return schema;
    }

    private void AddSometimes(JsonObject schema, string keyword, JsonNode value)
    {
        if (_random.Next(2) == 0)
        {
            schema[keyword] = value;
        }
    }
}
