namespace Bridge.Schemas.Validation;

/// <summary>The dynamic anchors of one schema resource.</summary>
internal sealed class DynamicAnchors
{
    private readonly Dictionary<string, SchemaNode> _nodes = new(StringComparer.Ordinal);

    public void Add(string name, SchemaNode node) => _nodes[name] = node;

    public SchemaNode? Find(string name) => _nodes.GetValueOrDefault(name);
}
