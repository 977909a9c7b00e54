using System.Collections.Concurrent;
using System.Text;
using Bridge.Schemas.Automata;
using Bridge.Schemas.Patterns;
using Bridge.Schemas.Shapes;

namespace Bridge.Schemas.Decoding;

/// <summary>Makes grammar rules of the goals of one schema.</summary>
/// <remarks>A goal that leads back to itself has a rule for every depth that is left, so that recursion ends.</remarks>
/// <param name="goals">The goals.</param>
/// <param name="options">What bounds values.</param>
/// <param name="notation">How values are written.</param>
internal sealed class ValueGrammar(GoalTable goals, DecodingOptions options, ValueNotation notation)
{
    private static readonly ByteMachine s_names = TextMachines.Of(CodePointDfa.All, 1, 64).Bytes;

    /// <summary>Names that stand alike in every notation.</summary>
    public static ByteMachine BareNames { get; } = TextMachines.Of(PatternDfa.Of(EcmaPattern.Compile("^[A-Za-z0-9_.-]*$").Tree, new AutomatonBudget()), 1, 64).Bytes;

    private readonly ConcurrentDictionary<(int Goal, int Depth), GrammarRule> _rules = new();

    /// <summary>The rule of the whole value; <see langword="null"/> when no value is valid.</summary>
    public GrammarRule? Root => Find(goals.Root, options.MaxDepth);

    /// <summary>The rule of one shape; <see langword="null"/> when no value fits into the depth.</summary>
    /// <param name="shape">The shape.</param>
    /// <param name="depth">How many levels of objects and arrays there may be.</param>
    public GrammarRule? Of(Shape shape, int depth)
    {
        GrammarNode? node = Build(shape, depth);
        return node is null ? null : new GrammarRule(() => node);
    }

    /// <summary>The rule of a goal; <see langword="null"/> when no value fits into the depth.</summary>
    /// <param name="goal">The goal.</param>
    /// <param name="depth">How many levels of objects and arrays there may be.</param>
    private GrammarRule? Find(Goal goal, int depth)
    {
        if (goal.MinDepth >= Goal.Endless || goal.MinDepth > depth)
        {
            return null;
        }

        int kept = goal.MaxDepth <= depth ? Goal.Endless : depth;
        return _rules.GetOrAdd((goal.Id, kept), _ => new GrammarRule(() => Build(goal, kept)));
    }

    private GrammarNode Build(Goal goal, int depth)
    {
        GrammarNode[] nodes = [.. goal.Shapes.Select(shape => Build(shape, depth)).OfType<GrammarNode>()];
        return nodes.Length == 1 ? nodes[0] : new ChoiceNode(nodes);
    }

    private GrammarNode? Build(Shape shape, int depth)
    {
        int inner = depth == Goal.Endless ? depth : depth - 1;
        switch (shape)
        {
            case LiteralShape literals:
                return LiteralTrie.Of(literals.Values.Select(value => Encoding.UTF8.GetBytes(notation.Write(value))), ReturnNode.Instance);
            case TextShape text:
                return BuildText(text);
            case NumberShape number:
                return new MachineNode(number.Machine, ReturnNode.Instance);
            case ListShape list:
                return inner < 0 ? null : BuildList(list, inner);
            default:
                return inner < 0 ? null : BuildRecord((RecordShape)shape, inner);
        }
    }

    private GrammarNode BuildText(TextShape text)
    {
        var ways = new List<GrammarNode>();
        foreach (TextQuote quote in notation.Quotes)
        {
            ByteMachine machine = quote.MachineOf(text.Machine, out bool isLoose);
            if (machine.IsEmpty || (notation.HasBareNames && ways.Count > 0))
            {
                continue; // JSON's quotes stand in where a string cannot be written between delimiters
            }

            byte[] mark = Encoding.UTF8.GetBytes(quote.Mark);
            ways.Add(new TextNode(mark, new MachineNode(machine, new TextNode(mark, ReturnNode.Instance))));
            if (isLoose)
            {
                goals.Lose(goals.Schema.Root, "pattern", "The rules about a text need too many states in the notation that the model was trained to write.");
            }
        }

        return ways is [var only] ? only : new ChoiceNode([.. ways]);
    }

    private TextNode? BuildList(ListShape list, int depth)
    {
        var prefix = new List<GrammarRule>();
        GrammarRule? rest = null;
        for (int i = 0; i <= list.Prefix.Length && i < list.Max; i++)
        {
            if (list.At(i) is not { } goal || Find(goal, depth) is not { } rule)
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

        if (rest is null && list.Min > prefix.Count)
        {
            return null;
        }

        var close = new TextNode([(byte)']'], ReturnNode.Instance);
        return new TextNode([(byte)'['], new ItemsNode([.. prefix], rest, list.Min, list.Max, notation.Style.Comma, close));
    }

    /// <summary>A chain of places, one before each member: once for an object that has none yet, once for one that has.</summary>
    private TextNode? BuildRecord(RecordShape record, int depth)
    {
        GrammarNode close = new TextNode([(byte)'}'], ReturnNode.Instance);
        GrammarNode first = close;
        GrammarNode later = close;
        if (record.Others is { } goal && Find(goal, depth) is { } value)
        {
            var pair = new GrammarRule(() => OtherName(record, new CallNode(value, ReturnNode.Instance)));
            var others = new OthersNode(pair, options.MaxOtherMembers, notation.Style.Comma, close);
            first = others.AtFirst();
            later = others;
        }

        for (int i = record.Members.Length - 1; i >= 0; i--)
        {
            ShapeMember member = record.Members[i];
            GrammarRule? rule = Find(member.Goal, depth);
            if (rule is null && member.Required)
            {
                return null;
            }

            if (rule is not null)
            {
                byte[] name = [.. Encoding.UTF8.GetBytes(notation.Spell(member.Name)), .. notation.Style.Colon];
                var written = new CallNode(rule, later);
                first = Place(new TextNode(name, written), member.Required, first);
                later = Place(new TextNode([.. notation.Style.Comma, .. name], written), member.Required, later);
            }
        }

        return new TextNode([(byte)'{'], first);
    }

    private static GrammarNode Place(TextNode member, bool required, GrammarNode skipped)
    {
        if (!required)
        {
            return new ChoiceNode([member, skipped], shortest: skipped);
        }

        // Measured now, from the last member to the first, so that a long object needs no deep stack.
        _ = member.Rest;
        return member;
    }

    private GrammarNode OtherName(RecordShape record, GrammarNode value)
    {
        byte[] mark = notation.HasBareNames ? [] : Encoding.UTF8.GetBytes(notation.Quotes[0].Mark);
        var name = new NameNode(notation.IsJson ? s_names : BareNames, record.Keywords, new TextNode([.. mark, .. notation.Style.Colon], value));
        return mark.Length == 0 ? name : new TextNode(mark, name);
    }
}
