using Bridge.Schemas.Automata;

namespace Bridge.Schemas.Exports;

/// <summary>Texts that are one set of characters, repeated.</summary>
/// <param name="Ranges">The characters; empty when the only text is the empty one.</param>
/// <param name="Least">The least number of characters.</param>
/// <param name="Most">The greatest number; <see langword="null"/> for no bound.</param>
internal sealed record CharacterRun(CodePointEdge[] Ranges, int Least, int? Most)
{
    /// <summary>What an automaton accepts from a state on, if it is a run; else <see langword="null"/>.</summary>
    public static CharacterRun? From(CodePointDfa dfa, int state)
    {
        CodePointEdge[] ranges = [.. dfa.Edges(state)];
        int least = -1;
        int length = 0;
        while (true)
        {
            if (dfa.Accepts(state))
            {
                least = least < 0 ? length : least;
            }
            else if (least >= 0)
            {
                return null;
            }

            ReadOnlySpan<CodePointEdge> edges = dfa.Edges(state);
            if (edges.IsEmpty)
            {
                return new CharacterRun(ranges, least, length);
            }

            int next = edges[0].Target;
            if (edges.Length != ranges.Length)
            {
                return null;
            }

            for (int i = 0; i < ranges.Length; i++)
            {
                if (edges[i].Target != next || edges[i].First != ranges[i].First || edges[i].Last != ranges[i].Last)
                {
                    return null;
                }
            }

            if (next == state)
            {
                return new CharacterRun(ranges, least, null);
            }

            // A greater circle cannot be a run: an automaton with as few states as can be would have one state for it.
            state = next;
            if (++length > dfa.Count)
            {
                return null;
            }
        }
    }
}
