using Bridge.Schemas.Json;

namespace Bridge.Schemas.Validation;

/// <summary>One compiled keyword of a schema, or several that are checked together. Immutable once linked.</summary>
/// <param name="kinds">The types of values it says something about; others pass.</param>
internal abstract class Keyword(JsonKinds kinds = JsonKinds.All)
{
    /// <summary>The types of values it says something about; others pass.</summary>
    public JsonKinds Kinds { get; } = kinds;

    /// <summary>The schemas it applies to the value itself, not to a part of it.</summary>
    public virtual ReadOnlySpan<SchemaNode> InPlace => default;

    /// <summary>Checks a value of one of <see cref="Kinds"/>.</summary>
    /// <returns>Whether it is valid. Where the run collects errors, every error has been reported; else the first ends the check.</returns>
    public abstract bool Check(JsonValue instance, Evaluation run);
}
