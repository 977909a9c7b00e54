using Bridge.Schemas.Automata;

namespace Bridge.Schemas.Decoding;

/// <summary>The members of an object that the schema does not name; the state says how much of the separator before one is written.</summary>
internal sealed class OthersNode : GrammarNode
{
    private readonly int _max;

    /// <summary>Makes the place after another member.</summary>
    /// <param name="member">A member: its name and its value.</param>
    /// <param name="max">The most members.</param>
    /// <param name="separator">What stands between members.</param>
    /// <param name="close">What closes the object.</param>
    public OthersNode(GrammarRule member, int max, byte[] separator, GrammarNode close)
    {
        Member = member;
        _max = max;
        Separator = separator;
        Close = close;
        Later = this;
    }

    private OthersNode(OthersNode later, GrammarRule first)
        : this(first, later._max, later.Separator, later.Close) => Later = later;

    /// <summary>A member: its name and its value.</summary>
    public GrammarRule Member { get; }

    /// <summary>What stands between members.</summary>
    public byte[] Separator { get; }

    /// <summary>What closes the object.</summary>
    public GrammarNode Close { get; }

    /// <summary>The place after a member; this one, unless no member is written yet.</summary>
    public OthersNode Later { get; }

    /// <summary>The place in an object that has no member yet.</summary>
    /// <param name="first">The first member, where no separator precedes it; <see langword="null"/> where it is as all others.</param>
    public OthersNode AtFirst(GrammarRule? first = null) => new(this, first ?? Member);

    /// <summary>Whether another member may follow those whose names are used.</summary>
    public bool MayGrow(UsedNames? names) => (names?.Count ?? 0) < _max;

    public override int RestFrom(int state, int count) => state == 0
        ? Rest
        : Math.Min(Separator.Length - state + Member.Rest + Close.Rest, ByteMachine.Never);

    protected override long Measure() => Close.Rest;
}
