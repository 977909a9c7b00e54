using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json;
using Bridge.Schemas.Compilation;

namespace Bridge.Schemas.Signatures;

/// <summary>One parameter of a tool: a view of its compiled schema, or what a schema is made of. Immutable, equal by value.</summary>
/// <remarks>
/// Read one from a schema by <see cref="List"/>; write a schema from some by <see cref="ToolSchema.From"/>.
/// References of every kind, <c>allOf</c>, a lone alternative beside <c>null</c>, and alternatives of types or constants are seen through.
/// The view helps to fill arguments in; what decides is <see cref="CompiledSchema.Validate(JsonElement)"/>.
/// </remarks>
public sealed record ToolParameter
{
    /// <summary>The parameter's name; empty for the items of an array.</summary>
    public required string Name { get; init; }

    /// <summary>Where its schema stands in the tool's, as a JSON Pointer; empty when it was declared in code. It does not count for equality.</summary>
    public string Pointer { get; init; } = "";

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
    public ImmutableArray<JsonElement> Values { get; init; } = [];

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

    /// <summary>Declares a string.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="description">What it is, for a model to read.</param>
    /// <param name="required">Whether a call must carry it.</param>
    /// <param name="format">Its format, such as <c>date</c>.</param>
    /// <param name="pattern">A regular expression (ECMA-262, unanchored) it must match.</param>
    /// <param name="minLength">The least length in code points.</param>
    /// <param name="maxLength">The greatest length in code points.</param>
    /// <param name="default">What it is when it is left out.</param>
    /// <returns>The parameter.</returns>
    public static ToolParameter String(
        string name, string description = "", bool required = false, string? format = null, string? pattern = null,
        int? minLength = null, int? maxLength = null, string? @default = null) =>
        Of(ParameterType.String, name, description, required) with
        {
            Format = format,
            Pattern = pattern,
            MinLength = minLength,
            MaxLength = maxLength,
            Default = @default is null ? null : TextElement(@default),
        };

    /// <summary>Declares a string that is one of a few.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="description">What it is, for a model to read.</param>
    /// <param name="values">The only values.</param>
    /// <param name="required">Whether a call must carry it.</param>
    /// <param name="default">What it is when it is left out.</param>
    /// <returns>The parameter.</returns>
    public static ToolParameter Enum(string name, string description, IEnumerable<string> values, bool required = false, string? @default = null) =>
        String(name, description, required, @default: @default) with { Values = [.. values.Select(TextElement)] };

    /// <summary>Declares a whole number.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="description">What it is, for a model to read.</param>
    /// <param name="required">Whether a call must carry it.</param>
    /// <param name="min">The least value.</param>
    /// <param name="max">The greatest value.</param>
    /// <param name="default">What it is when it is left out.</param>
    /// <returns>The parameter.</returns>
    public static ToolParameter Integer(
        string name, string description = "", bool required = false, long? min = null, long? max = null, long? @default = null) =>
        Of(ParameterType.Integer, name, description, required) with
        {
            Bounds = new NumberBounds(min, max),
            Default = @default is { } value ? JsonElement.Parse(value.ToString(CultureInfo.InvariantCulture)) : null,
        };

    /// <summary>Declares a number.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="description">What it is, for a model to read.</param>
    /// <param name="required">Whether a call must carry it.</param>
    /// <param name="min">The least value.</param>
    /// <param name="max">The greatest value.</param>
    /// <param name="default">What it is when it is left out.</param>
    /// <returns>The parameter; other bounds are given by <c>with { Bounds = … }</c>.</returns>
    public static ToolParameter Number(
        string name, string description = "", bool required = false, double? min = null, double? max = null, double? @default = null) =>
        Of(ParameterType.Number, name, description, required) with
        {
            Bounds = new NumberBounds(min, max),
            Default = @default is { } value ? JsonElement.Parse(value.ToString("R", CultureInfo.InvariantCulture)) : null,
        };

    /// <summary>Declares a <c>true</c> or <c>false</c>.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="description">What it is, for a model to read.</param>
    /// <param name="required">Whether a call must carry it.</param>
    /// <param name="default">What it is when it is left out.</param>
    /// <returns>The parameter.</returns>
    public static ToolParameter Boolean(string name, string description = "", bool required = false, bool? @default = null) =>
        Of(ParameterType.Boolean, name, description, required) with { Default = @default is { } value ? JsonElement.Parse(value ? "true" : "false") : null };

    /// <summary>Declares a list.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="description">What it is, for a model to read.</param>
    /// <param name="item">What its items are; the name does not count.</param>
    /// <param name="required">Whether a call must carry it.</param>
    /// <param name="minItems">The least count of items.</param>
    /// <param name="maxItems">The greatest count of items.</param>
    /// <param name="unique">Whether no item may stand there twice.</param>
    /// <returns>The parameter.</returns>
    public static ToolParameter Array(
        string name, string description, ToolParameter item, bool required = false, int? minItems = null, int? maxItems = null, bool unique = false) =>
        Of(ParameterType.Array, name, description, required) with
        {
            Item = (item ?? throw new ArgumentNullException(nameof(item))) with { Name = "", Required = true },
            MinLength = minItems,
            MaxLength = maxItems,
            Unique = unique,
        };

    /// <summary>Declares an object.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="description">What it is, for a model to read.</param>
    /// <param name="properties">Its members; without any, every object is allowed.</param>
    /// <param name="required">Whether a call must carry it.</param>
    /// <returns>The parameter.</returns>
    public static ToolParameter Object(string name, string description, IEnumerable<ToolParameter> properties, bool required = false) =>
        Of(ParameterType.Object, name, description, required) with { Properties = [.. properties] };

    /// <summary>Declares an object whose members are named by the caller.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="description">What it is, for a model to read.</param>
    /// <param name="value">What each member is; the name does not count.</param>
    /// <param name="required">Whether a call must carry it.</param>
    /// <returns>The parameter.</returns>
    public static ToolParameter Map(string name, string description, ToolParameter value, bool required = false) =>
        Of(ParameterType.Object, name, description, required) with
        {
            Others = [(value ?? throw new ArgumentNullException(nameof(value))) with { Name = "", Required = false }],
        };

    /// <summary>Declares a value that has one of several forms.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="description">What it is, for a model to read.</param>
    /// <param name="alternatives">The forms; the names do not count.</param>
    /// <param name="required">Whether a call must carry it.</param>
    /// <returns>The parameter.</returns>
    public static ToolParameter AnyOf(string name, string description, IEnumerable<ToolParameter> alternatives, bool required = false) =>
        List(ToolSchema.From(Of(ParameterType.Any, name, description, required) with { Alternatives = [.. alternatives] })).Single();

    /// <inheritdoc/>
    public bool Equals(ToolParameter? other) => other is not null
        && (Name, Type, Nullable, Description, Required, Format, Pattern, Bounds, MinLength, MaxLength, Unique, Repeats, IsCut)
            == (other.Name, other.Type, other.Nullable, other.Description, other.Required, other.Format, other.Pattern, other.Bounds,
                other.MinLength, other.MaxLength, other.Unique, other.Repeats, other.IsCut)
        && Equals(Item, other.Item)
        && Types.AsSpan().SequenceEqual(other.Types.AsSpan())
        && Same(Prefix, other.Prefix) && Same(Properties, other.Properties) && Same(Others, other.Others) && Same(Alternatives, other.Alternatives)
        && Same(Default is { } own ? [own] : [], other.Default is { } its ? [its] : [])
        && Same(Values, other.Values) && Same(Examples, other.Examples) && Same(Conditions, other.Conditions);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Name, Type, Description, Required, Properties.Length, Values.Length);

    private static JsonElement TextElement(string text) => JsonElement.Parse($"\"{JsonEncodedText.Encode(text)}\"");

    private static ToolParameter Of(ParameterType type, string name, string description, bool required) =>
        new() { Name = name, Type = type, Types = type == ParameterType.Any ? [] : [type], Description = description, Required = required };

    private static bool Same(ImmutableArray<ToolParameter> left, ImmutableArray<ToolParameter> right) => left.AsSpan().SequenceEqual(right.AsSpan());

    private static bool Same(ImmutableArray<JsonElement> left, ImmutableArray<JsonElement> right) =>
        left.Length == right.Length && left.Zip(right).All(pair => JsonElement.DeepEquals(pair.First, pair.Second));
}
