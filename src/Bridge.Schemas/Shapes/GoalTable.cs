using System.Collections.Immutable;
using Bridge.Schemas.Automata;
using Bridge.Schemas.Compilation;
using Bridge.Schemas.Validation;

namespace Bridge.Schemas.Shapes;

/// <summary>Every goal that a schema's values lead to, each once, with its shapes.</summary>
internal sealed class GoalTable
{
    /// <summary>The greatest number of goals; a schema whose parts combine to more is decoded more loosely and checked after.</summary>
    private const int MaxGoals = 5_000;

    /// <summary>The greatest number of branches looked at, those that lead nowhere included.</summary>
    private const int MaxBranches = 50_000;

    private readonly Dictionary<string, Goal> _goals = new(StringComparer.Ordinal);
    private readonly Dictionary<SchemaNode, int> _ids = new(ReferenceEqualityComparer.Instance);
    private readonly List<Goal> _list = [];
    private readonly List<SchemaLoss> _losses = [];
    private readonly List<SchemaLoss> _narrowings = [];
    private readonly List<(Conjunction Way, Shape[] Shapes)> _choices = [];

    private int _branches;

    private GoalTable(CompiledSchema schema, ShapeLimits limits)
    {
        Schema = schema;
        Limits = limits;
    }

    /// <summary>The schema.</summary>
    public CompiledSchema Schema { get; }

    /// <summary>What bounds values that the schema does not bound.</summary>
    public ShapeLimits Limits { get; }

    /// <summary>What automata may still cost.</summary>
    public AutomatonBudget Automata { get; } = new();

    /// <summary>What the whole value must satisfy.</summary>
    public Goal Root { get; private set; } = null!;

    /// <summary>What the shapes do not say, so that a value of theirs must be checked.</summary>
    public ImmutableArray<SchemaLoss> CheckedAfter => [.. _losses.DistinctBy(loss => (loss.Pointer, loss.Keyword))];

    /// <summary>What keeps some valid values from having a shape.</summary>
    public ImmutableArray<SchemaLoss> Narrowed => [.. _narrowings.DistinctBy(loss => (loss.Pointer, loss.Keyword))];

    /// <summary>Finds the shapes of a schema.</summary>
    public static GoalTable Of(CompiledSchema schema, ShapeLimits limits)
    {
        var table = new GoalTable(schema, limits);
        table.Root = table.Find([schema.Root]);
        for (int i = 0; i < table._list.Count; i++)
        {
            table._list[i].Shapes = new GoalReader(table, table._list[i]).Read();
        }

        GoalDepths.Measure(table._list);
        var check = new OneOfCheck(table, new GoalTable(schema, limits));
        table._choices.ForEach(choice => check.Check(choice.Way, choice.Shapes));
        return table;
    }

    /// <summary>The shapes of a goal, read when they are asked for.</summary>
    public ImmutableArray<Shape> ReadNow(Goal goal)
    {
        if (goal.Shapes.IsEmpty)
        {
            goal.Shapes = new GoalReader(this, goal).Read();
        }

        return goal.Shapes;
    }

    /// <summary>Remembers which branches led to some shapes, to be checked when all goals are read.</summary>
    public void CheckLater(Conjunction way, Shape[] shapes)
    {
        if (way.Choices.Count > 0)
        {
            _choices.Add((way, shapes));
        }
    }

    /// <summary>The goal of some schemas.</summary>
    public Goal Find(IEnumerable<SchemaNode> nodes)
    {
        var sorted = nodes.Where(node => node.Keywords.Length > 0 || node.IsFalse).Select(node => (Node: node, Id: IdOf(node)))
            .DistinctBy(entry => entry.Id).OrderBy(entry => entry.Id).ToList();
        string key = string.Join(',', sorted.Select(entry => entry.Id));
        if (_goals.TryGetValue(key, out Goal? goal))
        {
            return goal;
        }

        if (_list.Count >= MaxGoals)
        {
            _losses.Add(new SchemaLoss(sorted[0].Node.Pointer, "allOf", $"The schema's parts combine to more than {MaxGoals} forms; the rest is checked afterwards."));
            return Find([]);
        }

        goal = new Goal(_list.Count, [.. sorted.Select(entry => entry.Node)]);
        _goals[key] = goal;
        _list.Add(goal);
        return goal;
    }

    /// <summary>Whether one more way through the alternatives of some value may be looked at.</summary>
    public bool MayBranch() => _branches++ < MaxBranches;

    /// <summary>Remembers a keyword that the shapes do not honour.</summary>
    public void Lose(SchemaNode node, string keyword, string reason) => _losses.Add(new SchemaLoss(node.Pointer, keyword, reason));

    /// <summary>Remembers a keyword for which some valid values have no shape.</summary>
    public void Narrow(SchemaNode node, string keyword, string reason) => _narrowings.Add(new SchemaLoss(node.Pointer, keyword, reason));

    private int IdOf(SchemaNode node)
    {
        if (!_ids.TryGetValue(node, out int id))
        {
            _ids[node] = id = _ids.Count;
        }

        return id;
    }
}
