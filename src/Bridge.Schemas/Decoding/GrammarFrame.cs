namespace Bridge.Schemas.Decoding;

/// <summary>A rule that is not finished: where it goes on when the inner one ends.</summary>
internal sealed class GrammarFrame(GrammarNode node, int state, UsedNames? names, GrammarFrame? outer)
{
    public GrammarNode Node => node;

    public int State => state;

    public UsedNames? Names => names;

    public GrammarFrame? Outer => outer;

    /// <summary>The bytes to the shortest end once the inner rule has ended.</summary>
    public int Rest { get; } = (int)Math.Min((long)node.RestFrom(state, 0) + (outer?.Rest ?? 0), Automata.ByteMachine.Never);
}
