using System.Collections.Immutable;
using System.Text.Json;

namespace Bridge.Schemas.Signatures;

/// <summary>Reads parameters out of the facts of a schema.</summary>
/// <param name="root">The whole schema, against which references are resolved.</param>
internal sealed class ParameterReader(JsonElement root)
{
    /// <summary>Recursive schemas are endless; nobody reads a signature deeper than this.</summary>
    private const int MaxDepth = 6;

    public ImmutableArray<ToolParameter> Members(SchemaFacts facts, int depth) => depth >= MaxDepth
        ? []
        : [.. facts.Properties.Select(member => Read(member.Name, member.Schema, facts.Required.Contains(member.Name), depth))];

    private ToolParameter Read(string name, JsonElement schema, bool required, int depth)
    {
        var facts = SchemaFacts.Of(schema, root);
        ParameterType type = facts.Types.Count == 1 ? facts.Types[0] : ParameterType.Any;
        bool array = facts.Types.Contains(ParameterType.Array);
        return new ToolParameter
        {
            Name = name,
            Type = type,
            Types = [.. facts.Types.Where(allowed => allowed != ParameterType.Any)],
            Nullable = facts.Nullable,
            Description = facts.Text("description") ?? facts.Text("title") ?? "",
            Required = required,
            Default = facts.Find("default"),
            Enum = [.. facts.Enum],
            Examples = facts.Find("examples") is { ValueKind: JsonValueKind.Array } examples ? [.. examples.EnumerateArray()] : [],
            Format = facts.Text("format"),
            Pattern = facts.Text("pattern"),
            Bounds = ReadBounds(facts),
            MinLength = Length(facts, array ? "minItems" : "minLength"),
            MaxLength = Length(facts, array ? "maxItems" : "maxLength"),
            Item = array && depth < MaxDepth && facts.Find("items") is { ValueKind: JsonValueKind.Object } items
                ? Read("", items, required: true, depth + 1)
                : null,
            Properties = Members(facts, depth + 1),
        };
    }

    private static NumberBounds ReadBounds(SchemaFacts facts)
    {
        double? minimum = facts.Number("minimum");
        double? above = facts.Number("exclusiveMinimum");
        double? maximum = facts.Number("maximum");
        double? below = facts.Number("exclusiveMaximum");
        bool aboveBinds = above is not null && !(minimum > above);
        bool belowBinds = below is not null && !(maximum < below);
        var bounds = new NumberBounds(
            aboveBinds ? above : minimum, belowBinds ? below : maximum, aboveBinds, belowBinds, facts.Number("multipleOf"));
        return bounds == NumberBounds.None ? NumberBounds.None : bounds;
    }

    private static int? Length(SchemaFacts facts, string keyword) =>
        facts.Number(keyword) is { } value && value is >= 0 and <= int.MaxValue ? (int)value : null;
}
