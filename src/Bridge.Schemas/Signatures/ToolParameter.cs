using System.Collections.Immutable;
using System.Text.Json;
using Bridge.Schemas.Compilation;

namespace Bridge.Schemas.Signatures;

/// <summary>One parameter of a tool: a read-only view of its compiled schema. Immutable, equal by value.</summary>
/// <remarks>
/// References of every kind, <c>allOf</c>, a lone alternative beside <c>null</c>, and alternatives of types or constants are seen through.
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

    /// <summary>Whether an array must not hold an item twice. The default is <see langword="false"/>.</summary>
    public bool Unique { get; init; }

    /// <summary>What the first items of an array are, by position; empty when all are alike.</summary>
    public ImmutableArray<ToolParameter> Prefix { get; init; } = [];

    /// <summary>What an array's (further) items are; <see langword="null"/> when this is no array or its items are not described.</summary>
    public ToolParameter? Item { get; init; }

    /// <summary>The members of an object, in schema order; empty when this is no object or none is declared.</summary>
    /// <remarks>A member that is required without being declared stands last and is of any type.</remarks>
    public ImmutableArray<ToolParameter> Properties { get; init; } = [];

    /// <summary>What further members of an object may be: the name is the pattern theirs must match, empty for any name.</summary>
    public ImmutableArray<ToolParameter> Others { get; init; } = [];

    /// <summary>The forms of which one must hold, where they are more than types or values; what stands beside them holds as well.</summary>
    public ImmutableArray<ToolParameter> Alternatives { get; init; } = [];

    /// <summary>What else must hold, each as a JSON Schema, such as <c>{"not": …}</c>; empty when all is said by the other members.</summary>
    public ImmutableArray<JsonElement> Conditions { get; init; } = [];

    /// <summary>The path of the outer parameter that has the same shape, where a schema contains itself; empty for the tool's arguments.</summary>
    /// <value>The default is <see langword="null"/>: this one's shape is told here.</value>
    public string? Repeats { get; init; }

    /// <summary>Whether parts are left out because there are too many of them or they lie too deep.</summary>
    public bool IsCut { get; init; }

    /// <summary>Lists the parameters of a tool.</summary>
    /// <param name="schema">The tool's input schema.</param>
    /// <returns>The members of the object it describes, in schema order; empty when it declares none.</returns>
    public static ImmutableArray<ToolParameter> List(CompiledSchema schema)
    {
        ArgumentNullException.ThrowIfNull(schema);
        return Of(schema).Properties;
    }

    /// <summary>The arguments of a tool as one parameter without a name: an object whose members are the parameters.</summary>
    /// <param name="schema">The tool's input schema.</param>
    /// <returns>The arguments.</returns>
    public static ToolParameter Of(CompiledSchema schema)
    {
        ArgumentNullException.ThrowIfNull(schema);
        return ParameterReader.Read(schema.Root);
    }

    /// <inheritdoc/>
    public bool Equals(ToolParameter? other) => other is not null
        && (Name, Type, Nullable, Description, Required, Format, Pattern, Bounds, MinLength, MaxLength, Unique, Repeats, IsCut)
            == (other.Name, other.Type, other.Nullable, other.Description, other.Required, other.Format, other.Pattern, other.Bounds,
                other.MinLength, other.MaxLength, other.Unique, other.Repeats, other.IsCut)
        && Equals(Item, other.Item)
        && Types.AsSpan().SequenceEqual(other.Types.AsSpan())
        && Same(Prefix, other.Prefix) && Same(Properties, other.Properties) && Same(Others, other.Others) && Same(Alternatives, other.Alternatives)
        && Same(Default is { } own ? [own] : [], other.Default is { } its ? [its] : [])
        && Same(Enum, other.Enum) && Same(Examples, other.Examples) && Same(Conditions, other.Conditions);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Name, Type, Description, Required, Properties.Length, Enum.Length);

    private static bool Same(ImmutableArray<ToolParameter> left, ImmutableArray<ToolParameter> right) => left.AsSpan().SequenceEqual(right.AsSpan());

    private static bool Same(ImmutableArray<JsonElement> left, ImmutableArray<JsonElement> right) =>
        left.Length == right.Length && left.Zip(right).All(pair => JsonElement.DeepEquals(pair.First, pair.Second));
}
