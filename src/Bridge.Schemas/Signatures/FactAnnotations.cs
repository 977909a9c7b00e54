using System.Text.Json;
using Bridge.Schemas.Validation;

namespace Bridge.Schemas.Signatures;

/// <summary>The keywords of one value that stand for themselves: descriptions, bounds, sizes. What is said first counts, the tighter bound binds.</summary>
internal sealed class FactAnnotations
{
    private static readonly string[] s_told = ["title", "description", "default", "examples", "format"];
    private static readonly string[] s_conditions =
    [
        "not", "if", "then", "else", "contains", "minContains", "maxContains", "propertyNames", "minProperties", "maxProperties",
        "dependentRequired", "dependentSchemas", "dependencies", "unevaluatedItems", "unevaluatedProperties",
    ];

    private readonly Dictionary<string, JsonElement> _keywords = new(StringComparer.Ordinal);
    private readonly List<JsonElement> _conditions = [];

    public bool IsEmpty => _keywords.Count == 0 && _conditions.Count == 0;

    /// <summary>What else must hold, each as a JSON Schema.</summary>
    public IReadOnlyList<JsonElement> Conditions => _conditions;

    public JsonElement? Find(string keyword) => _keywords.TryGetValue(keyword, out JsonElement value) ? value : null;

    public string? Text(string keyword) =>
        Find(keyword) is { ValueKind: JsonValueKind.String } text ? text.GetString() : null;

    public double? Number(string keyword) =>
        Find(keyword) is { ValueKind: JsonValueKind.Number } number && number.TryGetDouble(out double value) ? value : null;

    public void Absorb(SchemaNode node)
    {
        if (node.Source.ValueKind != JsonValueKind.Object)
        {
            return;
        }

        foreach (string keyword in s_told)
        {
            if (node.Source.TryGetProperty(keyword, out JsonElement value))
            {
                _keywords.TryAdd(keyword, value);
            }
        }

        // Beside a reference, draft-07 gives words no meaning: the compiler has left them out, and so does this.
        if (node.Keywords is [] or [RefKeyword])
        {
            return;
        }

        foreach (string keyword in (string[])["minimum", "exclusiveMinimum", "minLength", "minItems"])
        {
            Tighten(node.Source, keyword, static (given, known) => given > known);
        }

        foreach (string keyword in (string[])["maximum", "exclusiveMaximum", "maxLength", "maxItems"])
        {
            Tighten(node.Source, keyword, static (given, known) => given < known);
        }

        foreach (string keyword in (string[])["multipleOf", "pattern", "uniqueItems"])
        {
            if (node.Source.TryGetProperty(keyword, out JsonElement value) && value.ValueKind != JsonValueKind.False)
            {
                _keywords.TryAdd(keyword, value);
            }
        }

        string[] conditions = Array.FindAll(s_conditions, keyword => node.Source.TryGetProperty(keyword, out _));
        if (conditions.Length > 0)
        {
            _conditions.Add(JsonElement.Parse(
                $"{{{string.Join(',', conditions.Select(keyword => $"\"{keyword}\":{node.Source.GetProperty(keyword).GetRawText()}"))}}}"));
        }
    }

    private void Tighten(JsonElement source, string keyword, Func<double, double, bool> isTighter)
    {
        bool binds = source.TryGetProperty(keyword, out JsonElement value) && value.ValueKind == JsonValueKind.Number && value.TryGetDouble(out double given)
            && !(Number(keyword) is { } known && !isTighter(given, known));
        if (binds)
        {
            _keywords[keyword] = value;
        }
    }
}
