using System.Collections.Immutable;
using System.Runtime.CompilerServices;
using System.Text.Json;
using System.Text.RegularExpressions;
using Bridge.Schemas.Compilation;
using Bridge.Schemas.Patterns;
using Bridge.Schemas.Shapes;
using Bridge.Schemas.Validation;

namespace Bridge.Schemas.Decoding;

/// <summary>Of which types the members of an object may be: it decides what a text without quotes stands for.</summary>
internal sealed class MemberKinds
{
    /// <summary>Every kind; strings come last, for what reads as another type is not one.</summary>
    public static JsonKinds[] All { get; } = [JsonKinds.Number, JsonKinds.Boolean, JsonKinds.Null, JsonKinds.Array, JsonKinds.Object, JsonKinds.String];
    private static readonly ConditionalWeakTable<CompiledSchema, MemberKinds> s_known = [];

    private readonly Dictionary<string, JsonKinds> _kinds = new(StringComparer.Ordinal);

    private MemberKinds(GoalTable goals)
    {
        RecordShape[] records = [.. goals.Root.Shapes.OfType<RecordShape>()];
        IEnumerable<JsonProperty> constants = goals.Root.Shapes.OfType<LiteralShape>().SelectMany(shape => shape.Values)
            .Where(value => value.ValueKind == JsonValueKind.Object).SelectMany(value => value.EnumerateObject());
        (string Name, JsonKinds Kinds)[] members =
        [
            .. records.SelectMany(record => record.Members).Select(member => (member.Name, Of(member.Goal))),
            .. constants.Select(member => (member.Name, Of(member.Value))),
        ];
        Others = records.Where(record => record.Others is not null).Aggregate(JsonKinds.None, (kinds, record) => kinds | Of(record.Others!));

        // What one alternative names may be another's further member: then they are not told apart.
        JsonKinds shared = Others != JsonKinds.None && goals.Root.Shapes.Length > 1 ? members.Aggregate(Others, (kinds, member) => kinds | member.Kinds) : JsonKinds.None;
        Others |= shared;
        foreach ((string name, JsonKinds kinds) in members)
        {
            _kinds[name] = _kinds.GetValueOrDefault(name) | kinds | shared;
        }

        Names = [.. _kinds.Keys.OrderByDescending(name => name.Length)];
    }

    /// <summary>The names that the schema has, the longest first.</summary>
    public ImmutableArray<string> Names { get; }

    /// <summary>The kinds of members that the schema does not name.</summary>
    public JsonKinds Others { get; }

    /// <summary>The kinds of a schema's members.</summary>
    public static MemberKinds Of(CompiledSchema schema) =>
        s_known.GetValue(schema, key => new MemberKinds(GoalTable.Of(key, new ShapeLimits(new DecodingOptions().MaxTextLength, new DecodingOptions().MaxPatternedTextLength))));

    /// <summary>The kind of a value.</summary>
    public static JsonKinds Of(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.String => JsonKinds.String,
        JsonValueKind.Number => JsonKinds.Number,
        JsonValueKind.True or JsonValueKind.False => JsonKinds.Boolean,
        JsonValueKind.Null => JsonKinds.Null,
        JsonValueKind.Array => JsonKinds.Array,
        _ => JsonKinds.Object,
    };

    /// <summary>The kinds of a member.</summary>
    public JsonKinds Of(string name) => _kinds.GetValueOrDefault(name, Others);

    /// <summary>An expression for the texts that stand for something else than a string; empty for none.</summary>
    /// <param name="kinds">What the member may be.</param>
    /// <param name="form">The form.</param>
    public static string NoStrings(JsonKinds kinds, MemberForm form) => !form.String.Notation.IsPlain ? "" : string.Join('|', All
        .Where(kind => kind != JsonKinds.String && kinds.HasFlag(kind) && form.Of(kind).Middle == form.String.Middle)
        .Select(kind => kind switch
        {
            JsonKinds.Number => "-?(?:0|[1-9][0-9]*)(?:[.][0-9]+)?(?:[eE][-+]?[0-9]+)?",
            JsonKinds.Boolean => $"{form.Boolean.Notation.True}|{form.Boolean.Notation.False}",
            JsonKinds.Null => form.Null.Notation.Null,
            JsonKinds.Array => "\\[[^]*",
            _ => "\\{[^]*",
        }));

    /// <summary>Whether the whole of a text matches an expression of <see cref="NoStrings"/>.</summary>
    public static bool Matches(string text, string unlike) => unlike.Length > 0
        && Regex.IsMatch(text, $@"\A(?:{unlike.Replace("[^]", "[\\s\\S]", StringComparison.Ordinal)})\z", RegexOptions.CultureInvariant, EcmaPattern.TimeLimit);

    private static JsonKinds Of(Goal goal) => goal.Shapes.Aggregate(JsonKinds.None, (kinds, shape) => kinds | shape switch
    {
        TextShape => JsonKinds.String,
        NumberShape => JsonKinds.Number,
        ListShape => JsonKinds.Array,
        RecordShape => JsonKinds.Object,
        LiteralShape literals => literals.Values.Aggregate(JsonKinds.None, (all, value) => all | Of(value)),
        _ => throw new System.Diagnostics.UnreachableException(),
    });
}
