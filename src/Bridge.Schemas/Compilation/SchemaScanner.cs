using System.Text.Json;
using Bridge.Schemas.Json;

namespace Bridge.Schemas.Compilation;

/// <summary>Walks a document once, counting its subschemas and finding the places that have names.</summary>
/// <param name="library">Where resources are made known.</param>
/// <param name="outerDialect">The dialect of a document that names none.</param>
internal sealed class SchemaScanner(SchemaLibrary library, SchemaDialect outerDialect)
{
    private int _nodes;

    /// <summary>Scans a schema and what stands below it.</summary>
    public void Scan(SchemaDocument document, JsonElement schema, string pointer, SchemaResource? resource, Uri baseUri, int depth)
    {
        if (++_nodes > SchemaBudget.MaxNodes)
        {
            throw new InvalidSchemaException(pointer, $"The schema has more than {SchemaBudget.MaxNodes} subschemas; make it smaller.");
        }

        if (depth > SchemaBudget.MaxDepth)
        {
            throw new InvalidSchemaException(pointer, $"The schema is nested deeper than {SchemaBudget.MaxDepth} levels; make it flatter.");
        }

        SchemaResource current = Open(document, schema, pointer, resource, baseUri);
        if (schema.ValueKind != JsonValueKind.Object)
        {
            return;
        }

        AddAnchors(schema, pointer, current);
        foreach (JsonProperty keyword in schema.EnumerateObject())
        {
            ScanKeyword(keyword, document, pointer, current, depth);
        }
    }

    private void ScanKeyword(JsonProperty keyword, SchemaDocument document, string pointer, SchemaResource current, int depth)
    {
        switch (keyword.Name)
        {
            case "properties" or "patternProperties" or "$defs" or "definitions" or "dependentSchemas" or "dependencies"
                when keyword.Value.ValueKind == JsonValueKind.Object:
                string map = JsonPointer.Append(pointer, keyword.Name);
                foreach (JsonProperty entry in keyword.Value.EnumerateObject())
                {
                    Scan(document, entry.Value, JsonPointer.Append(map, entry.Name), current, current.BaseUri, depth + 1);
                }

                break;
            case "allOf" or "anyOf" or "oneOf" or "prefixItems" or "items" when keyword.Value.ValueKind == JsonValueKind.Array:
                string list = JsonPointer.Append(pointer, keyword.Name);
                int index = 0;
                foreach (JsonElement entry in keyword.Value.EnumerateArray())
                {
                    Scan(document, entry, JsonPointer.Append(list, index++), current, current.BaseUri, depth + 1);
                }

                break;
            case "items" or "additionalItems" or "additionalProperties" or "propertyNames" or "contains" or "not" or "if" or "then" or "else"
                or "unevaluatedItems" or "unevaluatedProperties":
                Scan(document, keyword.Value, JsonPointer.Append(pointer, keyword.Name), current, current.BaseUri, depth + 1);
                break;
        }
    }

    /// <summary>The resource a schema belongs to: a new one when it has an id.</summary>
    private SchemaResource Open(SchemaDocument document, JsonElement schema, string pointer, SchemaResource? outer, Uri baseUri)
    {
        SchemaDialect dialect = library.DialectOf(schema, outer?.Dialect ?? outerDialect);
        string? id = schema.ValueKind == JsonValueKind.Object
            && schema.TryGetProperty("$id", out JsonElement value) && value.ValueKind == JsonValueKind.String
            && !(dialect.IsDraft7 && schema.TryGetProperty("$ref", out _))
            ? value.GetString()!.TrimEnd('#')
            : null;
        bool isAnchor = id is null or "" || (dialect.IsDraft7 && id.StartsWith('#'));
        if (isAnchor && outer is not null)
        {
            return outer;
        }

        Uri uri = isAnchor ? baseUri : SchemaLibrary.Combine(baseUri, id!, pointer);
        var resource = new SchemaResource(document, schema, pointer, uri, dialect);
        document.Resources[pointer] = resource;
        library.Add(resource);
        return resource;
    }

    private static void AddAnchors(JsonElement schema, string pointer, SchemaResource resource)
    {
        if (resource.Dialect.IsDraft7)
        {
            if (Name(schema, "$id") is ['#', _, ..] id && !schema.TryGetProperty("$ref", out _))
            {
                resource.Anchors.TryAdd(id[1..], (schema, pointer));
            }

            return;
        }

        if (Name(schema, "$anchor") is { } anchor)
        {
            resource.Anchors.TryAdd(anchor, (schema, pointer));
        }

        if (Name(schema, "$dynamicAnchor") is { } dynamic)
        {
            resource.Anchors.TryAdd(dynamic, (schema, pointer));
            resource.DynamicNames.Add(dynamic);
        }
    }

    private static string? Name(JsonElement schema, string keyword) =>
        schema.TryGetProperty(keyword, out JsonElement value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;
}
