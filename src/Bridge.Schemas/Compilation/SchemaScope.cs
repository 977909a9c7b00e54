using System.Collections.Immutable;
using System.Text.Json;
using Bridge.Schemas.Json;
using Bridge.Schemas.Validation;

namespace Bridge.Schemas.Compilation;

/// <summary>One schema object while it is compiled: its keywords, and ways to read them that refuse what is malformed.</summary>
internal sealed class SchemaScope
{
    private readonly Dictionary<string, JsonElement> _keywords = new(StringComparer.Ordinal);
    private readonly SchemaCompiler _compiler;

    public SchemaScope(SchemaCompiler compiler, SchemaResource resource, JsonElement schema, string pointer)
    {
        _compiler = compiler;
        Resource = resource;
        Pointer = pointer;
        foreach (JsonProperty keyword in schema.EnumerateObject())
        {
            if (!_keywords.TryAdd(keyword.Name, keyword.Value))
            {
                throw new InvalidSchemaException(pointer, $"The keyword '{JsonText.Cap(keyword.Name)}' stands there twice; keep one.");
            }
        }
    }

    public SchemaResource Resource { get; }

    public string Pointer { get; }

    public SchemaDialect Dialect => Resource.Dialect;

    public SchemaOptions Options => _compiler.Options;

    public bool Has(string keyword) => _keywords.ContainsKey(keyword);

    public bool TryGet(string keyword, out JsonElement value) => _keywords.TryGetValue(keyword, out value);

    /// <summary>A keyword that belongs to the vocabulary of validation.</summary>
    public bool TryGetAssertion(string keyword, out JsonElement value)
    {
        value = default;
        return Dialect.Validates && _keywords.TryGetValue(keyword, out value);
    }

    /// <summary>The subschema of a keyword; null when the keyword is not there.</summary>
    public SchemaNode? Node(string keyword) =>
        TryGet(keyword, out JsonElement value) ? _compiler.Compile(Resource, value, JsonPointer.Append(Pointer, keyword)) : null;

    /// <summary>The subschemas of a keyword that is a list.</summary>
    public ImmutableArray<SchemaNode> Nodes(string keyword, bool mayBeEmpty = false)
    {
        if (!TryGet(keyword, out JsonElement value))
        {
            return [];
        }

        if (value.ValueKind != JsonValueKind.Array || (value.GetArrayLength() == 0 && !mayBeEmpty))
        {
            throw Malformed(keyword, "must be a list of schemas with at least one in it");
        }

        string list = JsonPointer.Append(Pointer, keyword);
        return [.. value.EnumerateArray().Select((item, index) => _compiler.Compile(Resource, item, JsonPointer.Append(list, index)))];
    }

    /// <summary>The entries of a keyword that is an object; empty when the keyword is not there.</summary>
    public IEnumerable<(string Name, JsonElement Value, string Pointer)> Entries(string keyword)
    {
        if (!TryGet(keyword, out JsonElement value))
        {
            yield break;
        }

        if (value.ValueKind != JsonValueKind.Object)
        {
            throw Malformed(keyword, "must be an object");
        }

        string map = JsonPointer.Append(Pointer, keyword);
        foreach (JsonProperty entry in value.EnumerateObject())
        {
            yield return (entry.Name, entry.Value, JsonPointer.Append(map, entry.Name));
        }
    }

    public SchemaNode Compile(JsonElement schema, string pointer) => _compiler.Compile(Resource, schema, pointer);

    /// <summary>A keyword that is a count; null when it is not there.</summary>
    public int? Count(string keyword)
    {
        if (!TryGetAssertion(keyword, out JsonElement value))
        {
            return null;
        }

        int? count = value.ValueKind == JsonValueKind.Number ? ExactNumber.Of(value).ToCount() : null;
        if (count > SchemaBudget.MaxLeastSize && keyword.StartsWith("min", StringComparison.Ordinal))
        {
            throw Malformed(keyword, $"demands more than {SchemaBudget.MaxLeastSize}, which no call can carry");
        }

        return count ?? throw Malformed(keyword, "must be a whole number from 0");
    }

    /// <summary>Reads a list of distinct names.</summary>
    public ImmutableArray<string> Names(string keyword, JsonElement value)
    {
        if (value.ValueKind != JsonValueKind.Array || value.EnumerateArray().Any(item => item.ValueKind != JsonValueKind.String))
        {
            throw Malformed(keyword, "must be a list of names");
        }

        return [.. value.EnumerateArray().Select(item => item.GetString()!).Distinct(StringComparer.Ordinal)];
    }

    public InvalidSchemaException Malformed(string keyword, string rule) =>
        new(JsonPointer.Append(Pointer, keyword), $"The keyword '{keyword}' {rule}; at '{JsonPointer.Append(Pointer, keyword)}'.");

    /// <summary>Refers to another schema, which is looked up when all is read.</summary>
    public void Refer(RefKeyword keyword, string reference, string pointer) => _compiler.Refer(keyword, Resource, reference, pointer);
}
