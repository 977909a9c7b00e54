using System.Text.Json;
using System.Text.Json.Nodes;
using Bridge.TestKit;

namespace Bridge.Schemas.Tests.Fuzzing;

/// <summary>Schemas to begin with, each with a value that belongs to it.</summary>
internal static class SchemaSeeds
{
    /// <summary>Some that use everything, always to be had.</summary>
    public static (string Schema, string Instance)[] Own() =>
    [
        (
            """{"type":"object","required":["n","s"],"properties":{"n":{"type":"integer","minimum":0,"multipleOf":2},"s":{"enum":["Red","Blue"]},"l":{"type":"array","items":{"type":"number"},"uniqueItems":true,"maxItems":4},"b":{"type":"boolean","default":true}},"additionalProperties":false}""",
            """{"n":"2","s":"red","l":["1",2.5],"b":"true"}"""),
        (
            """{"$defs":{"a":{"type":"object","properties":{"next":{"$ref":"#/$defs/a"},"v":{"type":["string","null"],"pattern":"^(a|b)+$"}},"required":["v"]}},"$ref":"#/$defs/a","unevaluatedProperties":false}""",
            """{"v":"ab","next":{"v":null,"next":{"v":"c"}}}"""),
        (
            """{"oneOf":[{"properties":{"kind":{"const":"circle"},"r":{"type":"number","exclusiveMinimum":0}},"required":["kind","r"]},{"properties":{"kind":{"const":"box"},"sides":{"type":"array","items":{"type":"integer"},"minItems":2}},"required":["kind","sides"]}]}""",
            """{"kind":"Box","sides":"[1,\"2\"]"}"""),
        (
            """{"type":"array","prefixItems":[{"format":"date"},{"format":"hostname"}],"items":{"anyOf":[{"type":"string","minLength":1,"format":"regex"},{"type":"integer"}]},"contains":{"type":"integer"},"minContains":1}""",
            """["2026-01-31","xn--mnchen-3ya","\\p{L}+",5]"""),
        (
            """{"$schema":"http://json-schema.org/draft-07/schema#","definitions":{"s":{"type":"string"}},"patternProperties":{"^x-":{"$ref":"#/definitions/s"}},"dependencies":{"a":["b"]},"if":{"required":["a"]},"then":{"maxProperties":2},"else":{"propertyNames":{"maxLength":5}}}""",
            """{"x-a":"1","a":1,"b":2}"""),
        (
            """{"$id":"https://example.org/tree","$dynamicAnchor":"node","type":"object","properties":{"data":true,"children":{"type":"array","items":{"$dynamicRef":"#node"}}},"dependentSchemas":{"data":{"minProperties":1}}}""",
            """{"data":1,"children":[{"data":{}},{"children":[]}]}"""),
    ];

    /// <summary>Those of the official suite.</summary>
    public static IEnumerable<(string Schema, string Instance)> Suite()
    {
        foreach (string file in Directory.GetFiles(Path.Combine(TestData.Require("eval/json-schema"), "draft2020-12"), "*.json").Order(StringComparer.Ordinal))
        {
            foreach (JsonElement group in JsonElement.Parse(File.ReadAllBytes(file)).EnumerateArray())
            {
                JsonElement test = group.GetProperty("tests")[0];
                yield return (group.GetProperty("schema").GetRawText(), test.GetProperty("data").GetRawText());
            }
        }
    }

    /// <summary>Those of real tools, with arguments made for them.</summary>
    /// <param name="step">Every how many-th of them.</param>
    public static IEnumerable<(string Schema, string Instance)> Catalogue(int step)
    {
        int line = 0;
        foreach (string tool in File.ReadLines(TestData.Require("eval/mcp-catalogue/tools.jsonl")))
        {
            if (line++ % step == 0)
            {
                JsonElement schema = JsonElement.Parse(tool).GetProperty("inputSchema");
                yield return (schema.GetRawText(), (Example(schema, 0) ?? new JsonObject()).ToJsonString());
            }
        }
    }

    private static JsonNode? Example(JsonElement schema, int depth)
    {
        if (schema.ValueKind != JsonValueKind.Object || depth > 5)
        {
            return null;
        }

        if (schema.TryGetProperty("enum", out JsonElement values) && values.ValueKind == JsonValueKind.Array && values.GetArrayLength() > 0)
        {
            return JsonNode.Parse(values[0].GetRawText());
        }

        string type = schema.TryGetProperty("type", out JsonElement name) && name.ValueKind == JsonValueKind.String ? name.GetString()! : "object";
        return type switch
        {
            "string" => "a",
            "integer" or "number" => 1,
            "boolean" => true,
            "array" => new JsonArray(schema.TryGetProperty("items", out JsonElement items) ? Example(items, depth + 1) : null),
            "object" when schema.TryGetProperty("properties", out JsonElement members) && members.ValueKind == JsonValueKind.Object =>
                new JsonObject(members.EnumerateObject().Select(member => KeyValuePair.Create(member.Name, Example(member.Value, depth + 1)))),
            "object" => new JsonObject(),
            _ => null,
        };
    }
}
