using System.Collections.Immutable;
using System.Text.Json;
using Bridge.Schemas.Compilation;

namespace Bridge.Schemas.Signatures;

/// <summary>One parameter of a tool: a read-only view of its compiled schema. Immutable.</summary>
/// <remarks>
/// <c>$ref</c>, <c>allOf</c>, a lone alternative beside <c>null</c>, and alternatives of constants are seen through.
/// The view helps to fill arguments in; what decides is <see cref="CompiledSchema.Validate(JsonElement)"/>.
/// </remarks>
public sealed record ToolParameter
{
    /// <summary>The parameter's name; empty for the items of an array.</summary>
    public required string Name { get; init; }

    /// <summary>Its type; <see cref="ParameterType.Any"/> when there are several or none is declared.</summary>
    public ParameterType Type { get; init; }

    /// <summary>Every type that is allowed, without <c>null</c>, in schema order; empty when none is declared.</summary>
    public ImmutableArray<ParameterType> Types { get; init; } = [];

    /// <summary>Whether <c>null</c> is allowed besides.</summary>
    public bool Nullable { get; init; }

    /// <summary>What the parameter is, as the schema's <c>description</c> (else its <c>title</c>) says; empty when neither is there.</summary>
    public string Description { get; init; } = "";

    /// <summary>Whether a call must carry it.</summary>
    public bool Required { get; init; }

    /// <summary>The declared default; <see langword="null"/> when none is declared.</summary>
    public JsonElement? Default { get; init; }

    /// <summary>The only values allowed, <c>null</c> aside; empty when there is no such list. A constant is a list of one.</summary>
    public ImmutableArray<JsonElement> Enum { get; init; } = [];

    /// <summary>The declared examples; empty when there are none.</summary>
    public ImmutableArray<JsonElement> Examples { get; init; } = [];

    /// <summary>The format of a string, such as <c>date</c> or <c>email</c>; <see langword="null"/> when none is declared.</summary>
    public string? Format { get; init; }

    /// <summary>The regular expression (ECMA-262, unanchored) a string must match; <see langword="null"/> when none is declared.</summary>
    public string? Pattern { get; init; }

    /// <summary>The lower and upper bound of a number.</summary>
    public NumberBounds Bounds { get; init; } = NumberBounds.None;

    /// <summary>The least length of a string in code points, or the least count of an array's items; <see langword="null"/> when unbounded.</summary>
    public int? MinLength { get; init; }

    /// <summary>The greatest length of a string in code points, or the greatest count of an array's items; <see langword="null"/> when unbounded.</summary>
    public int? MaxLength { get; init; }

    /// <summary>What an array's items are; <see langword="null"/> when this is no array or its items are not described.</summary>
    public ToolParameter? Item { get; init; }

    /// <summary>The members of an object, in schema order; empty when this is no object or none is declared.</summary>
    public ImmutableArray<ToolParameter> Properties { get; init; } = [];

    /// <summary>Lists the parameters of a tool.</summary>
    /// <param name="schema">The tool's input schema.</param>
    /// <returns>The members of the object it describes, in schema order; empty when it declares none.</returns>
    public static ImmutableArray<ToolParameter> List(CompiledSchema schema)
    {
        ArgumentNullException.ThrowIfNull(schema);
        return new ParameterReader(schema.Source).Members(SchemaFacts.Of(schema.Source, schema.Source), depth: 0);
    }
}
