using System.Text.Json;
using System.Text.Json.Nodes;

namespace Bridge.TestKit;

/// <summary>Values a caller might send for a schema: most fit it, some do not. It reads the schema's text alone, so that no validator judges its own samples.</summary>
public sealed class SchemaSamples
{
    private const int MaxDepth = 6;

    private static readonly string[] s_texts =
    [
        "Berlin, Germany", "the quarterly report", "https://example.org/docs?id=7", "Zürich 東京", "first line\nsecond \"line\"", "a", "ada@example.org",
    ];

    private readonly JsonElement _root;
    private readonly Random _random;

    private SchemaSamples(JsonElement root, int seed)
    {
        _root = root;
        _random = new Random(seed);
    }

    /// <summary>Makes samples; the same ones for the same schema and seed.</summary>
    /// <param name="schema">The schema.</param>
    /// <param name="seed">Chooses among what is possible.</param>
    /// <returns>JSON texts: all members, the required ones, and these with one thing changed.</returns>
    public static IReadOnlyList<string> Of(JsonElement schema, int seed)
    {
        var samples = new SchemaSamples(schema, seed);
        JsonNode? full = samples.Make(schema, all: true, 0);
        JsonNode? least = samples.Make(schema, all: false, 0);
        var texts = new List<string> { Text(full), Text(least) };
        if (full is JsonObject { Count: > 0 } members)
        {
            string name = samples.Pick([.. members.Select(member => member.Key)]);
            texts.Add(Text(Changed(members, copy => copy.Remove(name))));
            texts.Add(Text(Changed(members, copy => copy[name] = copy[name] is JsonValue value && value.GetValueKind() == JsonValueKind.String ? 12.5 : "twelve")));
            texts.Add(Text(Changed(members, copy => copy["somethingElse"] = 1)));
        }

        return [.. texts.Distinct(StringComparer.Ordinal)];
    }

    private static string Text(JsonNode? node) => node?.ToJsonString() ?? "null";

    private static JsonObject Changed(JsonObject members, Action<JsonObject> change)
    {
        JsonObject copy = members.DeepClone().AsObject();
        change(copy);
        return copy;
    }

    private static double Number(JsonElement schema, string keyword, double otherwise) =>
        schema.TryGetProperty(keyword, out JsonElement value) && value.ValueKind == JsonValueKind.Number ? value.GetDouble() : otherwise;

    private T Pick<T>(T[] choices) => choices[_random.Next(choices.Length)];

    private JsonNode? Make(JsonElement schema, bool all, int depth)
    {
        if (schema.ValueKind != JsonValueKind.Object || depth > MaxDepth)
        {
            return "anything";
        }

        if (schema.TryGetProperty("$ref", out JsonElement reference) && Follow(reference.ToString()) is { } target)
        {
            return Make(target, all, depth + 1);
        }

        if (schema.TryGetProperty("const", out JsonElement constant))
        {
            return JsonNode.Parse(constant.GetRawText());
        }

        if (schema.TryGetProperty("enum", out JsonElement values) && values.ValueKind == JsonValueKind.Array && values.GetArrayLength() > 0)
        {
            return JsonNode.Parse(Pick([.. values.EnumerateArray()]).GetRawText());
        }

        foreach (string keyword in (string[])["anyOf", "oneOf", "allOf"])
        {
            bool alone = !schema.TryGetProperty("properties", out _);
            if (alone && schema.TryGetProperty(keyword, out JsonElement branches) && branches.ValueKind == JsonValueKind.Array && branches.GetArrayLength() > 0)
            {
                return Make(Pick([.. branches.EnumerateArray()]), all, depth + 1);
            }
        }

        return TypeOf(schema) switch
        {
            "object" => MakeObject(schema, all, depth),
            "array" => MakeArray(schema, all, depth),
            "integer" => MakeInteger(schema),
            "number" => MakeInteger(schema) + (_random.Next(2) * 0.25),
            "boolean" => _random.Next(2) == 0,
            "null" => null,
            _ => MakeString(schema),
        };
    }

    private string TypeOf(JsonElement schema)
    {
        if (!schema.TryGetProperty("type", out JsonElement type))
        {
            return schema.TryGetProperty("properties", out _) ? "object" : schema.TryGetProperty("items", out _) ? "array" : "string";
        }

        return type.ValueKind == JsonValueKind.Array && type.GetArrayLength() > 0 ? Pick([.. type.EnumerateArray()]).ToString() : type.ToString();
    }

    private JsonObject MakeObject(JsonElement schema, bool all, int depth)
    {
        var members = new JsonObject();
        string[] required = schema.TryGetProperty("required", out JsonElement list) && list.ValueKind == JsonValueKind.Array
            ? [.. list.EnumerateArray().Select(name => name.ToString())]
            : [];
        if (schema.TryGetProperty("properties", out JsonElement properties) && properties.ValueKind == JsonValueKind.Object)
        {
            foreach (JsonProperty property in properties.EnumerateObject().Where(property => all || required.Contains(property.Name)))
            {
                members[property.Name] = Make(property.Value, all && depth < MaxDepth / 2, depth + 1);
            }
        }

        return members;
    }

    private JsonArray MakeArray(JsonElement schema, bool all, int depth)
    {
        int least = (int)Math.Min(Number(schema, "minItems", 0), 20);
        int count = Math.Max(least, (int)Math.Min(all ? 1 + _random.Next(3) : 0, Number(schema, "maxItems", 20)));
        JsonElement items = schema.TryGetProperty("items", out JsonElement found) ? found : default;
        return [.. Enumerable.Range(0, count).Select(_ => Make(items, all, depth + 1))];
    }

    private double MakeInteger(JsonElement schema)
    {
        double least = Math.Ceiling(Math.Max(Number(schema, "minimum", -1e15), Number(schema, "exclusiveMinimum", -1e15) + 1));
        double most = Math.Floor(Math.Min(Number(schema, "maximum", 1e15), Number(schema, "exclusiveMaximum", 1e15) - 1));
        double wanted = _random.Next(1, 500);
        return Math.Max(least, Math.Min(most, wanted));
    }

    private string MakeString(JsonElement schema)
    {
        string format = schema.TryGetProperty("format", out JsonElement name) ? name.ToString() : "";
        string text = format switch
        {
            "date" => "2026-01-31",
            "date-time" => "2026-01-31T08:30:00Z",
            "time" => "08:30:00Z",
            "email" => "ada@example.org",
            "uri" or "url" => "https://example.org/a?b=c",
            "uuid" => "123e4567-e89b-12d3-a456-426614174000",
            _ => Pick(s_texts),
        };
        int least = (int)Math.Min(Number(schema, "minLength", 0), 5000);
        int most = (int)Math.Min(Number(schema, "maxLength", 5000), 5000);
        text = text.PadRight(least, 'x');
        return text.Length > most ? text[..most] : text;
    }

    private JsonElement? Follow(string reference)
    {
        JsonElement target = _root;
        foreach (string token in Uri.UnescapeDataString(reference.TrimStart('#')).Split('/').Skip(1))
        {
            string name = token.Replace("~1", "/", StringComparison.Ordinal).Replace("~0", "~", StringComparison.Ordinal);
            if (target.ValueKind != JsonValueKind.Object || !target.TryGetProperty(name, out target))
            {
                return null;
            }
        }

        return target;
    }
}
