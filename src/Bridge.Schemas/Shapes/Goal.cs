using System.Collections.Immutable;
using Bridge.Schemas.Validation;

namespace Bridge.Schemas.Shapes;

/// <summary>Schemas that one value must all satisfy; none at all when any value will do.</summary>
/// <param name="id">A number of its own.</param>
/// <param name="nodes">The schemas.</param>
internal sealed class Goal(int id, ImmutableArray<SchemaNode> nodes)
{
    /// <summary>The depth of a value that has no bottom, or of a goal that nothing satisfies.</summary>
    public const int Endless = int.MaxValue / 2;

    /// <summary>A number of its own.</summary>
    public int Id => id;

    /// <summary>The schemas.</summary>
    public ImmutableArray<SchemaNode> Nodes => nodes;

    /// <summary>What a value may look like, in the order of the schema; empty when nothing satisfies the schemas.</summary>
    public ImmutableArray<Shape> Shapes { get; set; } = [];

    /// <summary>The fewest levels of objects and arrays a value needs; <see cref="Endless"/> when there is no value.</summary>
    public int MinDepth { get; set; } = Endless;

    /// <summary>The most levels of objects and arrays a value can have; <see cref="Endless"/> when it has no bottom.</summary>
    public int MaxDepth { get; set; }

    /// <summary>Where the first of the schemas stands; empty for none.</summary>
    public string Pointer => nodes.IsEmpty ? "" : nodes[0].Pointer;
}
