using System.Collections.Immutable;
using System.Text;
using System.Text.Json;
using Bridge.Schemas.Automata;
using Bridge.Schemas.Compilation;
using Bridge.Schemas.Validation;

namespace Bridge.Schemas.Shapes;

/// <summary>Reads the shapes of one goal: every way through its alternatives, and for each way every type that is allowed.</summary>
internal sealed class GoalReader(GoalTable table, Goal goal)
{
    /// <summary>The greatest number of ways through the alternatives of one value.</summary>
    private const int MaxWays = 256;

    private static readonly JsonElement[] s_constants = [.. new[] { "true", "false", "null" }.Select(text => JsonElement.Parse(text))];

    private readonly List<Conjunction> _ways = [];

    /// <summary>Reads the shapes.</summary>
    public ImmutableArray<Shape> Read()
    {
        var all = new Conjunction();
        if (!goal.Nodes.All(all.TryAdd))
        {
            return [];
        }

        Choose(all);
        var shapes = new List<Shape>();
        foreach (Conjunction way in _ways)
        {
            Shape[] read = [.. ReadWay(way)];
            shapes.AddRange(read);
            table.CheckLater(way, read);
        }

        return MergeLiterals(shapes);
    }

    private void Choose(Conjunction way)
    {
        if (way.Forks.Count == 0)
        {
            _ways.Add(way);
            return;
        }

        (SchemaNode node, Keyword fork) = way.Forks[0];
        way.Forks.RemoveAt(0);
        ReadOnlySpan<SchemaNode> branches = fork.InPlace;
        for (int i = 0; i < branches.Length; i++)
        {
            if (_ways.Count >= MaxWays || !table.MayBranch())
            {
                table.Narrow(node, fork is OneOfKeyword ? "oneOf" : "anyOf", "There are too many alternatives, or combinations of them; the rest is never produced.");
                return;
            }

            Conjunction branch = way.Copy();
            if (fork is OneOfKeyword only)
            {
                branch.Choices.Add((node, only, i));
            }

            if (branch.TryAdd(branches[i]))
            {
                Choose(branch);
            }
        }
    }

    private IEnumerable<Shape> ReadWay(Conjunction way)
    {
        if (way.All<EnumKeyword>().FirstOrDefault() is { } values)
        {
            return Literals(values.Values);
        }

        var shapes = new List<Shape>();
        foreach (JsonKinds kind in KindsOf(way))
        {
            UnhonouredKeywords.Report(table, way, kind);
            Shape? shape = kind switch
            {
                JsonKinds.String => TextReader.Read(table, way),
                JsonKinds.Number => NumberReader.Read(table, way),
                JsonKinds.Array => ListReader.Read(table, way),
                _ => RecordReader.Read(table, goal, way),
            };
            shapes.AddRange(shape is null ? [] : [shape]);
        }

        bool IsAllowed(JsonElement constant) => (way.Kinds & JsonKindNames.KindOf(constant.ValueKind)) != 0;
        return [.. shapes, .. Literals(s_constants.Where(IsAllowed))];
    }

    private static IEnumerable<JsonKinds> KindsOf(Conjunction way)
    {
        JsonKinds kinds = way.Kinds.HasFlag(JsonKinds.Integer) ? way.Kinds | JsonKinds.Number : way.Kinds;
        return new[] { JsonKinds.String, JsonKinds.Number, JsonKinds.Array, JsonKinds.Object }.Where(kind => kinds.HasFlag(kind));
    }

    /// <summary>Constants are few, so each is asked whether it is valid: of them, every keyword is honoured.</summary>
    private IEnumerable<Shape> Literals(IEnumerable<JsonElement> values)
    {
        long steps = SchemaBudget.BaseSteps;
        ImmutableArray<JsonElement> valid =
            [.. values.Where(value => goal.Nodes.All(node => table.Schema.IsValid(node, value, ref steps)))];
        return valid.IsEmpty ? [] : [new LiteralShape(valid)];
    }

    private static ImmutableArray<Shape> MergeLiterals(List<Shape> shapes)
    {
        var values = new List<JsonElement>();
        var seen = new HashSet<string>(StringComparer.Ordinal);
        foreach (JsonElement value in shapes.OfType<LiteralShape>().SelectMany(literal => literal.Values))
        {
            if (seen.Add(Encoding.UTF8.GetString(JsonSpelling.Of(value, JsonStyle.Compact))))
            {
                values.Add(value);
            }
        }

        IEnumerable<Shape> others = shapes.Where(shape => shape is not LiteralShape);
        return values.Count == 0 ? [.. others] : [.. others, new LiteralShape([.. values])];
    }
}
