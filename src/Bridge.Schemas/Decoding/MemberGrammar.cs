using System.Text;
using System.Text.Json;
using Bridge.Schemas.Automata;
using Bridge.Schemas.Shapes;
using Bridge.Schemas.Validation;

namespace Bridge.Schemas.Decoding;

/// <summary>Makes the rule of an object whose members are written one by one.</summary>
/// <param name="goals">The goals of its schema.</param>
/// <param name="kinds">Of which types its members may be.</param>
/// <param name="options">What bounds values.</param>
/// <param name="form">How members are written.</param>
internal sealed class MemberGrammar(GoalTable goals, MemberKinds kinds, DecodingOptions options, MemberForm form)
{
    private readonly Dictionary<ValueNotation, ValueGrammar> _grammars = [];
    private readonly Dictionary<(int Goal, JsonKinds Kinds), GrammarRule?> _values = [];

    /// <summary>The rule; <see langword="null"/> when no object can be written.</summary>
    public GrammarRule? Root
    {
        get
        {
            GrammarNode[] nodes = [.. goals.Root.Shapes.SelectMany(Build)];
            var root = new ChoiceNode(nodes);
            return root.Rest >= ByteMachine.Never ? null : new GrammarRule(() => root);
        }
    }

    private IEnumerable<GrammarNode> Build(Shape shape) => shape switch
    {
        RecordShape record => BuildRecord(record) is { } node ? [node] : [],
        LiteralShape literals => literals.Values.Where(value => value.ValueKind == JsonValueKind.Object && value.EnumerateObject().All(CanWrite))
            .Select(value => TextOf(MemberText.Write(value, form), ReturnNode.Instance)),
        _ => [], // arguments are an object
    };

    private GrammarNode? BuildRecord(RecordShape record)
    {
        GrammarNode first = ReturnNode.Instance;
        GrammarNode later = ReturnNode.Instance;
        if (record.Others is { } goal && Value(goal, kinds.Others) is { } value)
        {
            goals.Narrow(goals.Schema.Root, "additionalProperties", "Further members have names of letters, digits, '_', '-' and '.' alone.");
            var named = new TextNode(Encoding.UTF8.GetBytes(form.Shared), new CallNode(value, ReturnNode.Instance));
            var pair = new GrammarRule(() => new NameNode(ValueGrammar.BareNames, record.Keywords, named));
            var others = new OthersNode(pair, options.MaxOtherMembers, Encoding.UTF8.GetBytes(form.Separator + form.Open), ReturnNode.Instance);
            first = others.AtFirst(form.Open.Length == 0 ? pair : new GrammarRule(() => TextOf(form.Open, new NameNode(ValueGrammar.BareNames, record.Keywords, named))));
            later = others;
        }

        for (int i = record.Members.Length - 1; i >= 0; i--)
        {
            ShapeMember member = record.Members[i];
            GrammarRule? rule = form.Takes(member.Name) ? Value(member.Goal, kinds.Of(member.Name)) : null;
            if (rule is null && member.Required)
            {
                return null;
            }

            if (rule is null)
            {
                goals.Narrow(goals.Schema.Root, "properties", $"'{member.Name}' cannot be written in the form that the model was trained to write.");
                continue;
            }

            var written = new CallNode(rule, later);
            first = Place(TextOf(form.Open + member.Name + form.Shared, written), member.Required, first);
            later = Place(TextOf(form.Separator + form.Open + member.Name + form.Shared, written), member.Required, later);
        }

        return first;
    }

    private GrammarRule? Value(Goal goal, JsonKinds among)
    {
        if (!_values.TryGetValue((goal.Id, among), out GrammarRule? rule))
        {
            GrammarNode[] nodes = [.. goal.Shapes.SelectMany(shape => Build(shape, goal, MemberKinds.NoStrings(among, form)))];
            var choice = new ChoiceNode(nodes);
            _values[(goal.Id, among)] = rule = choice.Rest >= ByteMachine.Never ? null : new GrammarRule(() => nodes is [var only] ? only : choice);
        }

        return rule;
    }

    private IEnumerable<GrammarNode> Build(Shape shape, Goal goal, string unlike)
    {
        int depth = options.MaxDepth - 1;
        int kept = goal.MaxDepth <= depth ? Goal.Endless : depth;
        switch (shape)
        {
            case TextShape text when form.String.Notation.IsPlain:
                return BuildPlain(text, goal, unlike);
            case LiteralShape literals:
                byte[][] texts = [.. literals.Values.Where(value => CanWrite(value, unlike)).Select(value => Encoding.UTF8.GetBytes(form.Rest(value)))];
                return texts.Length == 0 ? [] : [LiteralTrie.Of(texts, ReturnNode.Instance)];
            case TextShape:
                return Wrap(shape, form.String, kept);
            case NumberShape number:
                return [TextOf(form.RestOf(form.Number), new MachineNode(number.Machine, TextOf(form.Number.Close, ReturnNode.Instance)))];
            default:
                return Wrap(shape, shape is ListShape ? form.Array : form.Object, kept);
        }
    }

    private IEnumerable<GrammarNode> BuildPlain(TextShape text, Goal goal, string unlike)
    {
        MemberValue way = form.String;
        goals.Narrow(goals.Schema.Root, "type", $"Text with '{ClosedTexts.EndOf(way.Close)}' in it is never written: it would end there.");
        if (unlike.Length > 0)
        {
            goals.Narrow(goal.Nodes.IsEmpty ? goals.Schema.Root : goal.Nodes[0], "type", "Text that reads as another type that is allowed is never written.");
        }

        if (!way.Notation.HasSections)
        {
            return BuildPlain(text, goal, way.Close, unlike, form.RestOf(way), way.Close);
        }

        string bare = unlike.Length > 0 ? $"{unlike}|{TextSection.Needed}" : TextSection.Needed;
        return BuildPlain(text, goal, way.Close, bare, form.RestOf(way), way.Close)
            .Concat(BuildPlain(text, goal, TextSection.Close, "", form.RestOf(way) + TextSection.Open, TextSection.Close + way.Close));
    }

    private IEnumerable<GrammarNode> BuildPlain(TextShape text, Goal goal, string end, string unlike, string before, string after)
    {
        ClosedText closed = ClosedTexts.Of(text.Machine, end, unlike);
        if (closed.IsLoose)
        {
            goals.Lose(goal.Nodes.IsEmpty ? goals.Schema.Root : goal.Nodes[0], "pattern", "The rules about this text need too many states in the form that the model was trained to write.");
        }

        return closed.Machine.IsEmpty ? [] : [TextOf(before, new MachineNode(closed.Machine, TextOf(after, ReturnNode.Instance)))];
    }

    private IEnumerable<GrammarNode> Wrap(Shape shape, MemberValue way, int depth)
    {
        if (!_grammars.TryGetValue(way.Notation, out ValueGrammar? grammar))
        {
            _grammars[way.Notation] = grammar = new ValueGrammar(goals, options, way.Notation);
        }

        return grammar.Of(shape, depth) is { } rule ? [TextOf(form.RestOf(way), new CallNode(rule, TextOf(way.Close, ReturnNode.Instance)))] : [];
    }

    private bool CanWrite(JsonProperty member) => form.Takes(member.Name) && CanWrite(member.Value, MemberKinds.NoStrings(kinds.Of(member.Name), form));

    /// <summary>Whether a constant is read back as itself.</summary>
    private bool CanWrite(JsonElement value, string unlike)
    {
        bool can = value.ValueKind != JsonValueKind.String || !form.String.Notation.IsPlain
            || (form.CanClose(value.GetString()!) && !MemberKinds.Matches(value.GetString()!, unlike));
        if (!can)
        {
            goals.Narrow(goals.Schema.Root, "enum", $"'{value.GetString()}' cannot be written in the form that the model was trained to write.");
        }

        return can;
    }

    private static GrammarNode Place(GrammarNode member, bool required, GrammarNode skipped)
    {
        if (!required)
        {
            return new ChoiceNode([member, skipped], shortest: skipped);
        }

        // Measured now, from the last member to the first, so that a long object needs no deep stack.
        _ = member.Rest;
        return member;
    }

    private static GrammarNode TextOf(string text, GrammarNode next) => text.Length == 0 ? next : new TextNode(Encoding.UTF8.GetBytes(text), next);
}
