using Bridge.Schemas.Validation;

namespace Bridge.Schemas.Compilation;

/// <summary>Refuses references that lead back to themselves without looking deeper into the value: they would never end.</summary>
internal sealed class ReferenceGuard
{
    private readonly HashSet<SchemaNode> _open = new(ReferenceEqualityComparer.Instance);
    private readonly Dictionary<SchemaNode, int> _heights = new(ReferenceEqualityComparer.Instance);

    /// <summary>Checks the graph of some schemas.</summary>
    /// <exception cref="InvalidSchemaException">There is such a circle, or the chain is too long.</exception>
    public static void Check(IEnumerable<SchemaNode> nodes)
    {
        var guard = new ReferenceGuard();
        foreach (SchemaNode node in nodes)
        {
            guard.Visit(node);
        }
    }

    private int Visit(SchemaNode node)
    {
        if (_heights.TryGetValue(node, out int known))
        {
            return known;
        }

        if (!_open.Add(node))
        {
            throw new InvalidSchemaException(node.Pointer, $"The schema at '{node.Pointer}' refers to itself without end; refer from inside 'properties' or 'items'.");
        }

        int height = 0;
        if (_open.Count <= SchemaBudget.MaxChain)
        {
            foreach (Keyword keyword in node.Keywords)
            {
                foreach (SchemaNode next in keyword.InPlace)
                {
                    height = Math.Max(height, Visit(next) + 1);
                }
            }
        }

        if (height > SchemaBudget.MaxChain || _open.Count > SchemaBudget.MaxChain)
        {
            throw new InvalidSchemaException(
                node.Pointer, $"The schema chains more than {SchemaBudget.MaxChain} references and combinations; make it flatter.");
        }

        _open.Remove(node);
        _heights[node] = height;
        return height;
    }
}
