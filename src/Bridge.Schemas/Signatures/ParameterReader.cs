using System.Collections.Immutable;
using System.Text.Json;
using Bridge.Schemas.Compilation;
using Bridge.Schemas.Validation;

namespace Bridge.Schemas.Signatures;

/// <summary>Reads parameters out of the compiled schemas of a tool.</summary>
internal sealed class ParameterReader
{
    /// <summary>As deep as schemas may be; recursion ends before, where a shape repeats.</summary>
    private const int MaxDepth = SchemaBudget.MaxDepth;

    private readonly ReadingBudget _budget = new();
    private readonly List<(HashSet<SchemaNode> Shape, string Path)> _open = [];

    /// <summary>Reads the arguments of a tool as one parameter without a name.</summary>
    public static ToolParameter Read(SchemaNode root)
    {
        var reader = new ParameterReader();
        return reader.Read("", ParameterFacts.Of([root], reader._budget), required: true, "");
    }

    private ToolParameter Read(string name, ParameterFacts facts, bool required, string path)
    {
        bool array = facts.Types.Contains(ParameterType.Array);
        FactAnnotations told = facts.Annotations;
        var parameter = new ToolParameter
        {
            Name = name,
            Type = facts.Types.Count == 1 ? facts.Types[0] : ParameterType.Any,
            Types = [.. facts.Types.Where(allowed => allowed != ParameterType.Any)],
            Nullable = facts.Nullable,
            Description = told.Text("description") ?? told.Text("title") ?? "",
            Required = required,
            Default = told.Find("default"),
            Values = [.. facts.Enum ?? []],
            Examples = told.Find("examples") is { ValueKind: JsonValueKind.Array } examples ? [.. examples.EnumerateArray()] : [],
            Format = told.Text("format"),
            Pattern = told.Text("pattern"),
            Bounds = ReadBounds(told),
            MinLength = Length(told, array ? "minItems" : "minLength"),
            MaxLength = Length(told, array ? "maxItems" : "maxLength"),
            Unique = told.Find("uniqueItems") is not null,
            IsCut = facts.IsCut,
            Conditions = [.. told.Conditions, .. facts.Choices.Skip(1).Select(choice => choice.Source)],
        };
        return facts.Shape.Count == 0 ? parameter : ReadParts(parameter, facts, path);
    }

    private ToolParameter ReadParts(ToolParameter parameter, ParameterFacts facts, string path)
    {
        int outer = _open.FindLastIndex(open => open.Shape.SetEquals(facts.Shape));
        if (outer >= 0)
        {
            return parameter with { Repeats = _open[outer].Path };
        }

        if (_open.Count >= MaxDepth)
        {
            return parameter with { IsCut = true };
        }

        _open.Add((facts.Shape, path));
        ToolParameter whole = parameter with
        {
            Prefix = [.. facts.Prefix.Select((node, index) => Part("", [node], required: true, $"{path}[{index}]"))],
            Item = facts.Items.Count > 0 ? Item(facts.Items, $"{path}[]") : null,
            Properties = Members(facts, path),
            Others = [.. facts.Others.Select(other => Part(other.Pattern, [other.Node], required: false, Join(path, "*")))],
            Alternatives = facts.Choices.Count > 0 ? [.. facts.Choices[0].Branches.Select(branch => Read("", branch, required: true, path))] : [],
        };
        _open.RemoveAt(_open.Count - 1);
        return whole;
    }

    // A name that is only required must be in a call all the same.
    private ImmutableArray<ToolParameter> Members(ParameterFacts facts, string path) =>
    [
        .. facts.Members.Select(member => Part(member.Key, member.Value, facts.Required.Contains(member.Key), Join(path, member.Key))),
        .. facts.Required.Where(name => !facts.Members.ContainsKey(name)).Select(name => new ToolParameter { Name = name, Required = true }),
    ];

    private ToolParameter Part(string name, List<SchemaNode> nodes, bool required, string path) =>
        Read(name, ParameterFacts.Of(nodes, _budget), required, path) with { Pointer = nodes[0].Pointer };

    private ToolParameter? Item(List<SchemaNode> nodes, string path) =>
        nodes.Exists(node => node.Source.ValueKind != JsonValueKind.Object) ? null : Part("", nodes, required: true, path);

    private static string Join(string path, string name) => path.Length == 0 ? name : $"{path}.{name}";

    private static NumberBounds ReadBounds(FactAnnotations told)
    {
        double? minimum = told.Number("minimum");
        double? above = told.Number("exclusiveMinimum");
        double? maximum = told.Number("maximum");
        double? below = told.Number("exclusiveMaximum");
        bool aboveBinds = above is not null && !(minimum > above);
        bool belowBinds = below is not null && !(maximum < below);
        return new NumberBounds(
            aboveBinds ? above : minimum, belowBinds ? below : maximum, aboveBinds, belowBinds, told.Number("multipleOf"));
    }

    private static int? Length(FactAnnotations told, string keyword) =>
        told.Number(keyword) is { } value && value is >= 0 and <= int.MaxValue ? (int)value : null;
}
