using System.Collections.Immutable;
using System.Text.Json;
using Bridge.Schemas.Compilation;
using Bridge.Schemas.Validation;

namespace Bridge.Schemas.Inspection;

/// <summary>A schema inside a compiled schema that says something about values of its own.</summary>
public sealed class SchemaPart
{
    private readonly CompiledSchema _schema;
    private readonly SchemaNode _node;

    private SchemaPart(CompiledSchema schema, SchemaNode node)
    {
        _schema = schema;
        _node = node;
    }

    /// <summary>Where it stands in its document, as a JSON Pointer.</summary>
    public string Pointer => _node.Pointer;

    /// <summary>The schema, always an object.</summary>
    public JsonElement Source => _node.Source;

    /// <summary>Lists every schema that a value can meet, the root first, each once; references are followed.</summary>
    /// <param name="schema">The compiled schema.</param>
    /// <returns>Those that are objects.</returns>
    public static ImmutableArray<SchemaPart> List(CompiledSchema schema)
    {
        ArgumentNullException.ThrowIfNull(schema);
        var parts = ImmutableArray.CreateBuilder<SchemaPart>();
        var seen = new HashSet<SchemaNode>(ReferenceEqualityComparer.Instance);
        var open = new Stack<SchemaNode>([schema.Root]);
        while (open.TryPop(out SchemaNode? node))
        {
            if (!seen.Add(node))
            {
                continue;
            }

            if (node.Source.ValueKind == JsonValueKind.Object)
            {
                parts.Add(new SchemaPart(schema, node));
            }

            foreach (SchemaNode next in node.Keywords.SelectMany(Below).Reverse())
            {
                open.Push(next);
            }
        }

        return parts.ToImmutable();
    }

    /// <summary>Whether it allows a value.</summary>
    /// <param name="value">The value.</param>
    /// <returns><see langword="false"/> also where the check would cost too much.</returns>
    public bool Accepts(JsonElement value)
    {
        long steps = SchemaBudget.BaseSteps;
        return _schema.IsValid(_node, value, ref steps);
    }

    private static IEnumerable<SchemaNode> Below(Keyword keyword) => keyword switch
    {
        RefKeyword reference => [reference.Target],
        ObjectKeyword shape =>
        [
            .. shape.Table.Entries.Select(entry => entry.Node).OfType<SchemaNode>(),
            .. shape.Patterns.Select(pattern => pattern.Node),
            .. shape.Additional is { } additional ? (SchemaNode[])[additional] : [],
        ],
        ItemsKeyword items => [.. items.Prefix, .. items.Rest is { } rest ? (SchemaNode[])[rest] : []],
        _ => keyword.InPlace.ToArray(),
    };
}
