using System.Text.Json;
using Bridge.Schemas.Validation;

namespace Bridge.Schemas.Compilation;

/// <summary>A schema with a URI of its own: the document, or a part of it with an <c>$id</c>.</summary>
/// <param name="document">The document.</param>
/// <param name="element">The schema.</param>
/// <param name="pointer">Where it stands in its document.</param>
/// <param name="baseUri">Its URI.</param>
/// <param name="dialect">Its dialect.</param>
internal sealed class SchemaResource(SchemaDocument document, JsonElement element, string pointer, Uri baseUri, SchemaDialect dialect)
{
    public SchemaDocument Document { get; } = document;

    public JsonElement Element { get; } = element;

    public string Pointer { get; } = pointer;

    public Uri BaseUri { get; } = baseUri;

    public SchemaDialect Dialect { get; } = dialect;

    /// <summary>Named places, dynamic ones included.</summary>
    public Dictionary<string, (JsonElement Element, string Pointer)> Anchors { get; } = new(StringComparer.Ordinal);

    /// <summary>The names of the dynamic ones.</summary>
    public HashSet<string> DynamicNames { get; } = new(StringComparer.Ordinal);

    /// <summary>The dynamic anchors with their compiled schemas; filled when some schema refers dynamically.</summary>
    public DynamicAnchors? DynamicAnchors { get; set; }
}

/// <summary>A place a reference leads to.</summary>
internal readonly record struct SchemaPlace(SchemaResource Resource, JsonElement Element, string Pointer);
