using System.Buffers;
using System.Collections.Immutable;
using System.Text.Json;

namespace Bridge.Mcp.Mirroring;

/// <summary>Finds the annotations <c>x-mcp-header</c> in an input schema, and those that the protocol does not allow.</summary>
/// <param name="allowSecrets">Whether parameters that hold secrets may be repeated: whoever stands between sees headers.</param>
internal sealed class MirroringReader(bool allowSecrets = true)
{
    private const string Annotation = "x-mcp-header", Prefix = "Mcp-Param-";
    private const int MostHeaders = 64, LongestName = 128;

    private static readonly SearchValues<char> s_token = SearchValues.Create("!#$%&'*+-.^_`|~0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz");

    private readonly Dictionary<string, MirroredParameter> _found = new(StringComparer.OrdinalIgnoreCase);
    private string? _problem;

    /// <summary>Reads a schema.</summary>
    /// <param name="schema">The schema.</param>
    /// <param name="found">The annotated parameters.</param>
    /// <returns>What is not allowed, in a sentence; <see langword="null"/> when all is.</returns>
    public string? Read(JsonElement schema, out ImmutableArray<MirroredParameter> found)
    {
        Visit(schema, [], reachable: true);
        found = [.. _found.Values];
        return _problem;
    }

    private void Visit(JsonElement schema, ImmutableArray<string> path, bool reachable)
    {
        if (schema.ValueKind != JsonValueKind.Object)
        {
            return;
        }

        if (schema.TryGetProperty(Annotation, out JsonElement name))
        {
            _problem ??= reachable && path.Length > 0
                ? Add(name, schema, path)
                : $"'{Annotation}' stands at {(path.IsEmpty ? "no property" : $"'{string.Join('.', path)}'")} where no chain of properties alone leads to.";
        }

        foreach (JsonProperty member in schema.EnumerateObject())
        {
            switch (member.Name)
            {
                case "properties" when member.Value.ValueKind == JsonValueKind.Object:
                    foreach (JsonProperty property in member.Value.EnumerateObject())
                    {
                        Visit(property.Value, path.Add(property.Name), reachable);
                    }

                    break;
                case "$defs" or "definitions" or "patternProperties" or "dependentSchemas" or "dependencies" when member.Value.ValueKind == JsonValueKind.Object:
                    VisitAll(member.Value.EnumerateObject().Select(one => one.Value), path);
                    break;
                case "allOf" or "anyOf" or "oneOf" or "prefixItems" or "items" when member.Value.ValueKind == JsonValueKind.Array:
                    VisitAll(member.Value.EnumerateArray(), path);
                    break;
                case "items" or "additionalItems" or "unevaluatedItems" or "contains" or "additionalProperties" or "unevaluatedProperties" or "propertyNames"
                    or "not" or "if" or "then" or "else" or "contentSchema":
                    Visit(member.Value, path, reachable: false);
                    break;
            }
        }
    }

    private void VisitAll(IEnumerable<JsonElement> schemas, ImmutableArray<string> path)
    {
        foreach (JsonElement schema in schemas)
        {
            Visit(schema, path, reachable: false);
        }
    }

    private string? Add(JsonElement given, JsonElement schema, ImmutableArray<string> path)
    {
        string property = string.Join('.', path);
        if (given.ValueKind != JsonValueKind.String || given.GetString() is not { Length: > 0 and <= LongestName } name || name.AsSpan().ContainsAnyExcept(s_token))
        {
            return $"'{Annotation}' of '{property}' is no name of a header: it must be 1 to {LongestName} letters, digits or marks of a token.";
        }

        if (!IsPrimitive(schema))
        {
            return $"'{Annotation}' of '{property}' is not allowed: a header repeats text, whole numbers and truth values alone.";
        }

        if (!allowSecrets && SecretParameter.Is(path[^1], schema))
        {
            return $"'{Annotation}' would put '{property}', which holds a secret, into a header, where whoever stands between reads it. \"secretsInHeaders\": true at its server allows that.";
        }

        return !_found.TryAdd(name, new MirroredParameter(Prefix + name, path)) ? $"'{Annotation}' names the header '{name}' twice."
            : _found.Count > MostHeaders ? $"'{Annotation}' asks for more than {MostHeaders} headers."
            : null;
    }

    private static bool IsPrimitive(JsonElement schema)
    {
        if (schema.TryGetProperty("type", out JsonElement type))
        {
            return type.ValueKind == JsonValueKind.Array
                ? type.EnumerateArray().All(one => IsPrimitiveName(one) || IsText(one, "null")) && type.EnumerateArray().Any(IsPrimitiveName)
                : IsPrimitiveName(type);
        }

        return schema.TryGetProperty("const", out JsonElement only) ? IsPrimitiveValue(only)
            : schema.TryGetProperty("enum", out JsonElement values) && values.ValueKind == JsonValueKind.Array && values.EnumerateArray().All(IsPrimitiveValue);
    }

    private static bool IsPrimitiveName(JsonElement type) => IsText(type, "string") || IsText(type, "integer") || IsText(type, "boolean");

    private static bool IsText(JsonElement value, string text) => value.ValueKind == JsonValueKind.String && value.ValueEquals(text);

    private static bool IsPrimitiveValue(JsonElement value) =>
        value.ValueKind is JsonValueKind.String or JsonValueKind.True or JsonValueKind.False or JsonValueKind.Null
        || (value.ValueKind == JsonValueKind.Number && value.TryGetInt64(out _));
}
