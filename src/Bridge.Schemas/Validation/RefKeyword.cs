using Bridge.Schemas.Json;

namespace Bridge.Schemas.Validation;

/// <summary><c>$ref</c> and <c>$dynamicRef</c>; linked by the compiler when all schemas are read.</summary>
internal sealed class RefKeyword : Keyword
{
    private readonly SchemaNode[] _target = new SchemaNode[1];

    /// <summary>Whether it is <c>$dynamicRef</c>.</summary>
    public bool IsDynamic { get; init; }

    /// <summary>The schema referred to.</summary>
    public SchemaNode Target
    {
        get => _target[0];
        set => _target[0] = value;
    }

    /// <summary>The dynamic anchor: the outermost schema that carries it decides. <see langword="null"/> when there is none.</summary>
    public string? DynamicAnchor { get; set; }

    // Where a dynamic reference leads is known only while checking, where the depth is bounded.
    public override ReadOnlySpan<SchemaNode> InPlace => IsDynamic ? default : _target;

    public override bool Check(JsonValue instance, Evaluation run) =>
        ((DynamicAnchor is null ? null : run.FindDynamic(DynamicAnchor)) ?? Target).Check(instance, run);
}
