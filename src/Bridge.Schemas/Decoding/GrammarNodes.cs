using Bridge.Schemas.Automata;

namespace Bridge.Schemas.Decoding;

/// <summary>Text that is written as it stands.</summary>
internal sealed class TextNode(byte[] text, GrammarNode next) : GrammarNode
{
    public byte[] Text => text;

    public GrammarNode Next => next;

    public override int RestFrom(int state, int count) => Math.Min(text.Length - state + next.Rest, ByteMachine.Never);

    protected override long Measure() => (long)text.Length + next.Rest;
}

/// <summary>One of several ways on.</summary>
/// <param name="options">The ways.</param>
/// <param name="shortest">The way known to be shortest; <see langword="null"/> when all are to be measured.</param>
internal sealed class ChoiceNode(GrammarNode[] options, GrammarNode? shortest = null) : GrammarNode
{
    public GrammarNode[] Options => options;

    protected override long Measure() => shortest?.Rest ?? options.Select(option => option.Rest).DefaultIfEmpty(ByteMachine.Never).Min();
}

/// <summary>A number, or what stands between the quotes of a string.</summary>
internal class MachineNode(ByteMachine machine, GrammarNode next) : GrammarNode
{
    public ByteMachine Machine => machine;

    public GrammarNode Next => next;

    public override int RestFrom(int state, int count) => Math.Min(machine.Rest(state, count) + next.Rest, ByteMachine.Never);

    protected override long Measure() => (long)machine.Rest(0, 0) + next.Rest;
}

/// <summary>Another rule, after which this one goes on.</summary>
internal sealed class CallNode(GrammarRule rule, GrammarNode next) : GrammarNode
{
    public GrammarRule Rule => rule;

    public GrammarNode Next => next;

    protected override long Measure() => (long)rule.Rest + next.Rest;
}

/// <summary>The end of a rule.</summary>
internal sealed class ReturnNode : GrammarNode
{
    private ReturnNode()
    {
    }

    public static ReturnNode Instance { get; } = new();

    protected override long Measure() => 0;
}

/// <summary>The end of everything.</summary>
internal sealed class EndNode : GrammarNode
{
    private EndNode()
    {
    }

    public static EndNode Instance { get; } = new();

    protected override long Measure() => 0;
}
