using System.Text.Json;
using System.Text.Json.Nodes;

namespace Bridge.Schemas.Tests.Exports;

/// <summary>Ways to write a value under an exported schema: what is absent, but required there, is null.</summary>
internal static class StrictForms
{
    /// <summary>Every way, alternatives tried one after the other.</summary>
    public static IEnumerable<JsonNode?> Of(JsonElement root, JsonNode? value) => Of(root, root, value);

    private static IEnumerable<JsonNode?> Of(JsonElement root, JsonElement schema, JsonNode? value)
    {
        if (schema.TryGetProperty("$ref", out JsonElement reference))
        {
            return Of(root, root.GetProperty("$defs").GetProperty(reference.GetString()!["#/$defs/".Length..]), value);
        }

        if (schema.TryGetProperty("anyOf", out JsonElement branches))
        {
            return branches.EnumerateArray().SelectMany(branch => Of(root, branch, value));
        }

        return value switch
        {
            JsonObject record when schema.TryGetProperty("properties", out JsonElement properties) => Records(root, schema, properties, record),
            JsonArray list when schema.TryGetProperty("items", out JsonElement items) => Lists(root, items, [.. list], 0).Select(all => (JsonNode?)new JsonArray([.. all.Select(item => item?.DeepClone())])),
            _ => [value],
        };
    }

    private static IEnumerable<JsonNode?> Records(JsonElement root, JsonElement schema, JsonElement properties, JsonObject record)
    {
        string[] required = [.. schema.GetProperty("required").EnumerateArray().Select(name => name.GetString()!)];
        IEnumerable<JsonObject> forms = [[]];
        foreach (string name in record.Select(member => member.Key).Concat(required).Distinct())
        {
            record.TryGetPropertyValue(name, out JsonNode? value);
            JsonNode?[] ways = [.. (properties.TryGetProperty(name, out JsonElement property) ? Of(root, property, value) : [value]).Take(20)];
            forms = forms.SelectMany(_ => ways, (form, way) =>
            {
                var next = (JsonObject)form.DeepClone();
                next[name] = way?.DeepClone();
                return next;
            });
        }

        return forms;
    }

    private static IEnumerable<JsonNode?[]> Lists(JsonElement root, JsonElement items, JsonNode?[] list, int from) => from == list.Length
        ? [[]]
        : Of(root, items, list[from]).Take(20).SelectMany(_ => Lists(root, items, list, from + 1), (item, rest) => (JsonNode?[])[item, .. rest]);
}
