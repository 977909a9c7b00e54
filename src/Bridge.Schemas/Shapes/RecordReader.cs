using System.Collections.Immutable;
using System.Text;
using System.Text.Json;
using Bridge.Schemas.Automata;
using Bridge.Schemas.Compilation;
using Bridge.Schemas.Validation;

namespace Bridge.Schemas.Shapes;

/// <summary>Reads what is asked of an object.</summary>
/// <remarks>
/// Members the schema does not name are produced where it says what they are (<c>additionalProperties</c>), and in an object of
/// which it says nothing at all, not even that it has no <c>properties</c>; elsewhere, though JSON Schema would let them pass, nobody knows what they would mean.
/// </remarks>
internal sealed class RecordReader
{
    private readonly GoalTable _table;
    private readonly Goal _goal;
    private readonly Conjunction _way;
    private readonly ImmutableArray<ObjectKeyword> _keywords;
    private readonly List<ShapeMember> _members = [];

    private RecordReader(GoalTable table, Goal goal, Conjunction way)
    {
        _table = table;
        _goal = goal;
        _way = way;
        _keywords = [.. way.All<ObjectKeyword>()];
    }

    /// <summary>Reads the shape; <see langword="null"/> when no object is allowed.</summary>
    public static Shape? Read(GoalTable table, Goal goal, Conjunction way) => new RecordReader(table, goal, way).Read();

    private RecordShape? Read()
    {
        IEnumerable<string> names = _keywords.SelectMany(keyword => keyword.Table.Entries).Select(entry => entry.Name).Concat(EnumeratedNames());
        foreach (string name in names.Distinct(StringComparer.Ordinal))
        {
            bool required = _keywords.Any(keyword =>
                keyword.Table.Find(name) is >= 0 and var index && keyword.Table.Entries[index].Required);
            Goal? value = Accepts(name) ? Find(name) : null;
            if (value is null && required)
            {
                return null;
            }

            if (value is not null)
            {
                _members.Add(new ShapeMember(name, value, required));
            }
        }

        Goal? others = Others();
        CheckCounts(others);
        CheckUnevaluated();
        return new RecordShape([.. _members], others, _keywords);
    }

    /// <summary>What the value of a named member must satisfy; <see langword="null"/> when there may be none.</summary>
    private Goal? Find(string name)
    {
        var nodes = new List<SchemaNode>();
        foreach (ObjectKeyword keyword in _keywords)
        {
            int index = keyword.Table.Find(name);
            int before = nodes.Count;
            nodes.AddRange(index >= 0 && keyword.Table.Entries[index].Node is { } declared ? [declared] : []);
            nodes.AddRange(keyword.Patterns.Where(entry => entry.Pattern.Matches(name) != false).Select(entry => entry.Node));
            if (nodes.Count > before)
            {
                continue;
            }

            if (keyword.RefusesCaseVariants && keyword.Table.FindIgnoringCase(Encoding.UTF8.GetBytes(name)) is not null)
            {
                return null;
            }

            nodes.AddRange(keyword.Additional is { } additional ? [additional] : []);
        }

        return nodes.Exists(node => node.IsFalse) ? null : _table.Find(nodes);
    }

    /// <summary>Whether a name may stand at all.</summary>
    private bool Accepts(string name)
    {
        long steps = SchemaBudget.BaseSteps;
        JsonElement text = JsonElement.Parse(JsonSpelling.Of(name));
        return _way.All<PropertyNamesKeyword>().All(keyword => _table.Schema.IsValid(keyword.Names, text, ref steps));
    }

    /// <summary>The names that <c>propertyNames</c> lists.</summary>
    private IEnumerable<string> EnumeratedNames() => MayHaveOthers()
        ? _way.All<PropertyNamesKeyword>().SelectMany(keyword => keyword.Names.Find<EnumKeyword>()?.Values ?? [])
            .Where(value => value.ValueKind == JsonValueKind.String).Select(value => value.GetString()!)
        : [];

    private bool MayHaveOthers()
    {
        bool isFree = _keywords.IsEmpty && !_way.All<UnevaluatedPropertiesKeyword>().Any();
        return isFree || (_keywords.Any(keyword => keyword.Additional is not null)
            && !_keywords.Any(keyword => keyword.Additional is { IsFalse: true }));
    }

    private Goal? Others()
    {
        if (!MayHaveOthers())
        {
            return null;
        }

        bool hasNames = false;
        foreach ((SchemaNode node, Keyword keyword) in _way.Keywords)
        {
            if (keyword is PropertyNamesKeyword names)
            {
                hasNames = true;
                if (names.Names.Find<EnumKeyword>() is null)
                {
                    _table.Narrow(node, "propertyNames", "Only members that the schema names are produced.");
                }
            }
            else if (keyword is ObjectKeyword { Patterns.IsEmpty: false })
            {
                hasNames = true;
                _table.Narrow(node, "patternProperties", "Only members that the schema names are produced.");
            }
        }

        return hasNames ? null : _table.Find(_keywords.Select(keyword => keyword.Additional).OfType<SchemaNode>());
    }

    private void CheckCounts(Goal? others)
    {
        foreach ((SchemaNode node, Keyword keyword) in _way.Keywords)
        {
            bool holds = keyword is not SizeKeyword { Kinds: JsonKinds.Object } size
                || (size.IsLower ? _members.Count(member => member.Required) >= size.Limit : others is null && _members.Count <= size.Limit);
            if (!holds)
            {
                _table.Lose(node, ((SizeKeyword)keyword).Name, "Members are not counted while they are written.");
            }
        }
    }

    private void CheckUnevaluated()
    {
        foreach ((SchemaNode node, Keyword keyword) in _way.Keywords)
        {
            // Alone, it sees every member that is produced; beside other schemas, it may not see what those declare.
            if (keyword is UnevaluatedPropertiesKeyword && (_goal.Nodes.Length > 1 || _goal.Nodes[0] != node))
            {
                _table.Lose(node, "unevaluatedProperties", "What other keywords looked at is known only when the object is complete.");
            }
        }
    }
}
