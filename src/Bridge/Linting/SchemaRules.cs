using System.Collections.Frozen;
using System.Text.Json;
using Bridge.Schemas.Compilation;
using Bridge.Schemas.Inspection;

namespace Bridge.Linting;

/// <summary>What is wrong with a schema that compiles.</summary>
internal static class SchemaRules
{
    private static readonly FrozenSet<string> s_known = ((string[])
    [
        "$schema", "$id", "$ref", "$anchor", "$dynamicRef", "$dynamicAnchor", "$vocabulary", "$comment", "$defs", "definitions",
        "type", "enum", "const", "title", "description", "default", "examples", "example", "deprecated", "readOnly", "writeOnly", "format",
        "minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum", "multipleOf", "minLength", "maxLength", "pattern",
        "contentEncoding", "contentMediaType", "contentSchema", "items", "prefixItems", "additionalItems", "contains", "minContains", "maxContains",
        "minItems", "maxItems", "uniqueItems", "unevaluatedItems", "properties", "patternProperties", "additionalProperties", "propertyNames",
        "required", "minProperties", "maxProperties", "dependentRequired", "dependentSchemas", "dependencies", "unevaluatedProperties",
        "allOf", "anyOf", "oneOf", "not", "if", "then", "else", "discriminator", "nullable", "strict",
    ]).ToFrozenSet(StringComparer.Ordinal);

    public static IEnumerable<LintFinding> Check(CompiledSchema schema) => SchemaPart.List(schema).SelectMany(Check);

    private static IEnumerable<LintFinding> Check(SchemaPart part) =>
        CheckRequired(part).Concat(CheckValues(part)).Concat(CheckEnum(part)).Concat(CheckKeywords(part));

    private static IEnumerable<LintFinding> CheckRequired(SchemaPart part)
    {
        bool declares = part.Source.TryGetProperty("properties", out JsonElement properties) && properties.ValueKind == JsonValueKind.Object;
        if (!declares || !part.Source.TryGetProperty("required", out JsonElement required))
        {
            yield break;
        }

        bool isClosed = part.Source.TryGetProperty("additionalProperties", out JsonElement others) && others.ValueKind == JsonValueKind.False
            && !part.Source.TryGetProperty("patternProperties", out _);
        foreach (string name in required.EnumerateArray().Select(item => item.GetString()!).Where(name => !properties.TryGetProperty(name, out _)))
        {
            yield return isClosed
                ? new LintFinding(
                    LintLevel.Error, "required-not-allowed", $"{part.Pointer}/required", $"'{name}' is required, but members that are not declared are forbidden: no call can be valid.",
                    "Declare it under 'properties', or do not require it.")
                : new LintFinding(
                    LintLevel.Warning, "required-not-declared", $"{part.Pointer}/required", $"'{name}' is required but not declared: a model does not learn what it is.",
                    "Declare it under 'properties', or do not require it.");
        }
    }

    private static IEnumerable<LintFinding> CheckValues(SchemaPart part)
    {
        if (part.Source.TryGetProperty("default", out JsonElement fallback) && !part.Accepts(fallback))
        {
            yield return new LintFinding(
                LintLevel.Warning, "invalid-default", $"{part.Pointer}/default", $"The default {Shown(fallback)} is not valid by the schema it stands in.",
                "A model that writes the default out is refused: mend the default or the schema.");
        }

        if (!part.Source.TryGetProperty("examples", out JsonElement examples) || examples.ValueKind != JsonValueKind.Array)
        {
            yield break;
        }

        int index = 0;
        foreach (JsonElement example in examples.EnumerateArray())
        {
            if (!part.Accepts(example))
            {
                yield return new LintFinding(
                    LintLevel.Warning, "invalid-example", $"{part.Pointer}/examples/{index}", $"The example {Shown(example)} is not valid by the schema it stands in.",
                    "A model that copies the example is refused: mend the example or the schema.");
            }

            index++;
        }
    }

    private static IEnumerable<LintFinding> CheckEnum(SchemaPart part)
    {
        if (!part.Source.TryGetProperty("enum", out JsonElement values) || values.ValueKind != JsonValueKind.Array)
        {
            yield break;
        }

        var seen = new HashSet<string>(StringComparer.Ordinal);
        int index = 0;
        foreach (JsonElement value in values.EnumerateArray())
        {
            if (!seen.Add(value.GetRawText()))
            {
                yield return new LintFinding(
                    LintLevel.Warning, "duplicate-value", $"{part.Pointer}/enum/{index}", $"The value {Shown(value)} stands in the list twice.", "Keep one; some model APIs refuse the schema.");
            }

            index++;
        }
    }

    private static IEnumerable<LintFinding> CheckKeywords(SchemaPart part) => part.Source.EnumerateObject()
        .Where(keyword => !s_known.Contains(keyword.Name) && !keyword.Name.StartsWith("x-", StringComparison.OrdinalIgnoreCase))
        .Select(keyword => new LintFinding(
            LintLevel.Warning, "unknown-keyword", $"{part.Pointer}/{keyword.Name.Replace("~", "~0", StringComparison.Ordinal).Replace("/", "~1", StringComparison.Ordinal)}",
            $"'{keyword.Name}' is no keyword of JSON Schema and says nothing.",
            keyword.Value.ValueKind == JsonValueKind.Object ? "If it is a parameter, move it under 'properties'." : "Take it out, or write the keyword that is meant."));

    private static string Shown(JsonElement value) => value.GetRawText() is var text && text.Length > 60 ? $"{text[..60]}…" : text;
}
