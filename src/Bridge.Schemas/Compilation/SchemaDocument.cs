using System.Text.Json;
using Bridge.Schemas.Validation;

namespace Bridge.Schemas.Compilation;

/// <summary>A document: one JSON text that holds schemas.</summary>
/// <param name="root">The document.</param>
internal sealed class SchemaDocument(JsonElement root)
{
    public JsonElement Root { get; } = root;

    /// <summary>The compiled schemas, by where they stand.</summary>
    public Dictionary<string, SchemaNode> Nodes { get; } = new(StringComparer.Ordinal);

    /// <summary>The resources, by where they stand; the document itself is the one at the empty pointer.</summary>
    public Dictionary<string, SchemaResource> Resources { get; } = new(StringComparer.Ordinal);
}
