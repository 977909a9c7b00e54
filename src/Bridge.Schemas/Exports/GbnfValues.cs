using System.Globalization;
using System.Text;
using Bridge.Schemas.Automata;
using Bridge.Schemas.Decoding;
using Bridge.Schemas.Shapes;

namespace Bridge.Schemas.Exports;

/// <summary>Writes the goals of one schema as rules, as <see cref="DecodingProgram"/> makes rules of them.</summary>
internal sealed class GbnfValues
{
    private readonly GoalTable _goals;
    private readonly GbnfRules _rules;
    private readonly ExportLosses _losses;
    private readonly DecodingOptions _options;
    private readonly GbnfTexts _texts;
    private readonly GbnfRecords _records;
    private readonly Dictionary<int, string> _names = [];
    private readonly Queue<(Goal Goal, string Name)> _open = new();
    private readonly string _comma;

    /// <summary>Prepares the goals.</summary>
    public GbnfValues(GoalTable goals, GbnfTexts texts, GbnfRules rules, ExportLosses losses, DecodingOptions options)
    {
        _goals = goals;
        _rules = rules;
        _losses = losses;
        _options = options;
        _texts = texts;
        _records = new GbnfRecords(this, texts, rules, losses, options);
        _comma = GbnfSpelling.Literal(Encoding.ASCII.GetString(options.Style.Comma));
    }

    /// <summary>The rule of the whole value; <see langword="null"/> when no value is valid.</summary>
    public string? Root
    {
        get
        {
            string? root = Find(_goals.Root);
            while (_open.TryDequeue(out (Goal Goal, string Name) next))
            {
                _rules.Set(next.Name, Build(next.Goal, next.Name));
            }

            if (_goals.Root.MaxDepth > _options.MaxDepth)
            {
                _losses.Unbounded.Add(new SchemaLoss(
                    _goals.Root.Pointer, "$ref",
                    $"Values may nest beyond the {_options.MaxDepth} levels that decoding allows: a rule that refers to itself does so without end."));
            }

            return root;
        }
    }

    /// <summary>The name of a goal's rule; <see langword="null"/> when nothing satisfies the goal.</summary>
    public string? Find(Goal goal)
    {
        if (goal.MinDepth >= Goal.Endless)
        {
            return null;
        }

        if (!_names.TryGetValue(goal.Id, out string? name))
        {
            // What leads to no other goal can be written at once, and shared with all that reads the same.
            string wish = NameOf(goal);
            name = goal.MaxDepth == 0 ? _rules.Add(wish, Build(goal, wish)) : _rules.Reserve(wish);
            _names[goal.Id] = name;
            if (goal.MaxDepth > 0)
            {
                _open.Enqueue((goal, name));
            }
        }

        return name;
    }

    private string Build(Goal goal, string name) => GbnfSpelling.Choice(goal.Shapes.Select(shape => shape switch
    {
        LiteralShape literals => GbnfSpelling.Choice(literals.Values.Select(
            value => GbnfSpelling.Literal(Encoding.UTF8.GetString(JsonSpelling.Of(value, _options.Style))))),
        TextShape text => _texts.Of(goal, text, name),
        NumberShape number => _texts.Of(number, name),
        ListShape list => BuildList(goal, list, name),
        _ => _records.Of(goal, (RecordShape)shape, name),
    }).OfType<string>());

    private string? BuildList(Goal goal, ListShape list, string name)
    {
        var prefix = new List<string>();
        string? rest = null;
        for (int i = 0; i <= list.Prefix.Length && i < list.Max; i++)
        {
            if (list.At(i) is not { } item || Find(item) is not { } rule)
            {
                break;
            }

            if (i < list.Prefix.Length)
            {
                prefix.Add(rule);
            }
            else
            {
                rest = rule;
            }
        }

        return rest is null && list.Min > prefix.Count ? null : GbnfSpelling.Sequence("\"[\"", Items(goal, list, prefix, rest, name), "\"]\"");
    }

    /// <summary>From the last item by position to the first, each with all that follows it.</summary>
    private string Items(Goal goal, ListShape list, List<string> prefix, string? rest, string name)
    {
        if (prefix.Count == 0)
        {
            if (rest is null)
            {
                return "";
            }

            (int least, int? most) = Counts(goal, Math.Max(0, list.Min - 1), list.Max == int.MaxValue ? null : list.Max - 1);
            string items = GbnfSpelling.Sequence(rest, Further(rest, name, least, most));
            return list.Min > 0 ? items : $"({items})?";
        }

        string tail = "";
        if (rest is not null)
        {
            (int least, int? most) = Counts(goal, Math.Max(0, list.Min - prefix.Count), list.Max == int.MaxValue ? null : list.Max - prefix.Count);
            tail = Further(rest, name, least, most);
        }

        for (int i = prefix.Count - 1; i > 0; i--)
        {
            string item = GbnfSpelling.Sequence(_comma, prefix[i], tail);
            tail = i < list.Min ? item : $"{_rules.Add(string.Create(CultureInfo.InvariantCulture, $"{name}-from-{i + 1}"), item)}?";
        }

        string all = GbnfSpelling.Sequence(prefix[0], tail);
        return list.Min > 0 ? all : $"({all})?";
    }

    private string Further(string rest, string name, int least, int? most) => most == 0
        ? ""
        : GbnfSpelling.Repeat(_rules.Add($"{name}-next", GbnfSpelling.Sequence(_comma, rest)), least, most);

    private (int Least, int? Most) Counts(Goal goal, int least, int? most)
    {
        if (least > GbnfSpelling.MaxRepeats)
        {
            _losses.LoseSize(goal, "minItems", $"llama.cpp repeats at most {GbnfSpelling.MaxRepeats} times.");
            least = GbnfSpelling.MaxRepeats;
        }

        if (most > GbnfSpelling.MaxRepeats)
        {
            _losses.LoseSize(goal, "maxItems", $"llama.cpp repeats at most {GbnfSpelling.MaxRepeats} times; beyond, nothing is counted.");
            most = null;
        }

        return (least, most);
    }

    private static string NameOf(Goal goal)
    {
        string last = goal.Pointer[(goal.Pointer.LastIndexOf('/') + 1)..];
        return goal.Nodes.IsEmpty ? "any" : last.Length == 0 ? "value" : last;
    }
}
