namespace Bridge.Schemas.Decoding;

/// <summary>One way the text so far can be read: where in the grammar it stands, and what is open around it.</summary>
internal readonly record struct GrammarThread(GrammarNode Node, int State, UsedNames? Names, GrammarFrame? Frame)
{
    /// <summary>The bytes to the shortest end.</summary>
    public int Rest(int count) => (int)Math.Min((long)Node.RestFrom(State, count) + (Frame?.Rest ?? 0), Automata.ByteMachine.Never);
}
