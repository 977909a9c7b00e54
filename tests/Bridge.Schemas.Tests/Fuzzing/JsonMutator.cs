using System.Text;
using System.Text.Json.Nodes;

namespace Bridge.Schemas.Tests.Fuzzing;

/// <summary>Changes JSON, as a tree and as bytes, in ways that a seed decides.</summary>
internal sealed class JsonMutator(Random random)
{
    private static readonly string[] s_values =
    [
        "null", "true", "false", "0", "-0", "-1", "1.0", "1e3", "1e400", "1e-999", "9007199254740993", "1e999999999999", "0.1", "3", "64", "1000000000",
        "\"\"", "\"a\"", "\"2\"", "\" 2 \"", "\"true\"", "\"\\u0000\"", "\"\\ud83d\\udc32\"", "\"a,b\"", "\"[1,\\\"2\\\"]\"", "\"{\\\"a\\\":\\\"1\\\"}\"",
        "\"string\"", "\"integer\"", "\"#\"", "\"#/$defs/a\"", "\"#/properties/a\"", "\"http://example.org/s\"", "\"file:///etc/passwd\"", "\"^(a+)+$\"",
        "\"\\\\p{L}\"", "\"(?<=a\"", "\"[\"", "\"a{2,1}\"", "\"2026-01-31\"", "\"xn--a-zhc\"", "\"::=|\\n/* */ <|im_end|>\"", "[]", "{}", "[[]]", "[1,1.0]",
        "[\"a\",\"b\"]", "{\"a\":1}", "{\"type\":\"string\"}", "{\"$ref\":\"#\"}", "{\"not\":{}}", "{\"a\":{\"type\":\"integer\"}}", "[\"string\",\"null\"]",
    ];

    private static readonly string[] s_names =
    [
        "$ref", "$id", "$anchor", "$schema", "$defs", "$dynamicRef", "$dynamicAnchor", "type", "enum", "const", "properties", "patternProperties",
        "additionalProperties", "propertyNames", "required", "items", "prefixItems", "contains", "minContains", "minItems", "maxItems", "uniqueItems",
        "allOf", "anyOf", "oneOf", "not", "if", "then", "else", "dependentRequired", "dependentSchemas", "dependencies", "unevaluatedItems",
        "unevaluatedProperties", "minimum", "exclusiveMaximum", "multipleOf", "minLength", "maxLength", "pattern", "format", "default", "a", "A", "", "a/b~c",
    ];

    /// <summary>Changes a tree in a few places.</summary>
    public string Mutate(string json)
    {
        var root = new JsonObject { ["root"] = JsonNode.Parse(json) };
        for (int changes = random.Next(1, 3); changes > 0; changes--)
        {
            JsonNode[] places = [.. Below(root).Where(node => node.Parent is not null)];
            if (places.Length > 0)
            {
                Change(places[random.Next(places.Length)], places);
            }
        }

        return root["root"]?.ToJsonString() ?? "null";
    }

    /// <summary>Changes some bytes.</summary>
    public byte[] Damage(string json)
    {
        var bytes = new List<byte>(Encoding.UTF8.GetBytes(json));
        for (int changes = random.Next(1, 6); changes > 0 && bytes.Count > 0; changes--)
        {
            int at = random.Next(bytes.Count);
            int length = random.Next(1, Math.Min(20, bytes.Count - at + 1));
            switch (random.Next(5))
            {
                case 0:
                    bytes[at] = (byte)random.Next(256);
                    break;
                case 1:
                    bytes.Insert(at, (byte)"\"\\{}[],:0-eE.u\0\xFF"[random.Next(16)]);
                    break;
                case 2:
                    bytes.RemoveRange(at, length);
                    break;
                case 3:
                    bytes.InsertRange(random.Next(bytes.Count), bytes.GetRange(at, length));
                    break;
                default:
                    bytes.InsertRange(at, Encoding.UTF8.GetBytes(Pick(s_values)));
                    break;
            }
        }

        return [.. bytes];
    }

    /// <summary>A value that may or may not fit.</summary>
    public string Any() => Pick(s_values);

    private static IEnumerable<JsonNode> Below(JsonNode node)
    {
        yield return node;
        IEnumerable<JsonNode?> children = node switch
        {
            JsonObject members => members.Select(member => member.Value),
            JsonArray items => items,
            _ => [],
        };
        foreach (JsonNode? child in children.ToList())
        {
            foreach (JsonNode found in child is null ? [] : Below(child))
            {
                yield return found;
            }
        }
    }

    private void Change(JsonNode place, JsonNode[] places)
    {
        switch (random.Next(7))
        {
            case 0:
                place.ReplaceWith(JsonNode.Parse(Pick(s_values)));
                break;
            case 1:
                place.ReplaceWith(places[random.Next(places.Length)].DeepClone());
                break;
            case 2 when place.Parent is JsonObject parent && place.GetPropertyName() != "root":
                parent.Remove(place.GetPropertyName());
                break;
            case 3 when place is JsonObject members:
                members[Pick(s_names)] = JsonNode.Parse(Pick(s_values));
                break;
            case 4 when place is JsonObject members:
                members[Pick(s_names)] = places[random.Next(places.Length)].DeepClone();
                break;
            case 5 when place is JsonArray items:
                items.Add(places[random.Next(places.Length)].DeepClone());
                break;
            default:
                JsonNode copy = place.DeepClone();
                place.ReplaceWith<JsonNode>(random.Next(2) == 0 ? new JsonArray(copy) : new JsonObject { [Pick(s_names)] = copy });
                break;
        }
    }

    private string Pick(string[] from) => from[random.Next(from.Length)];
}
