using Bridge.Schemas.Automata;

namespace Bridge.Schemas.Exports;

/// <summary>Builds lengths into an automaton over characters.</summary>
internal static class TextLengths
{
    /// <summary>The most states an automaton may have when its lengths are built in.</summary>
    private const int MaxStates = 1_000;

    /// <summary>The texts of some lengths; <see langword="null"/> when the automaton grows too big.</summary>
    /// <param name="dfa">The texts.</param>
    /// <param name="min">The least number of characters.</param>
    /// <param name="max">The greatest number of characters; <see langword="null"/> for no bound.</param>
    public static CodePointDfa? Within(CodePointDfa dfa, int min, int? max)
    {
        (int least, int? most) = Measure(dfa);
        min = min <= least ? 0 : min;
        max = most <= max ? null : max;
        if (min == 0 && max is null)
        {
            return dfa;
        }

        int counts = Math.Max(min, max ?? 0) + 1;
        if ((long)counts * dfa.Count > MaxStates)
        {
            return null;
        }

        var edges = new List<CodePointEdge[]>();
        var accepts = new List<bool>();
        for (int state = 0; state < dfa.Count; state++)
        {
            for (int count = 0; count < counts; count++)
            {
                int next = max is null ? Math.Min(count + 1, counts - 1) : count + 1;
                edges.Add(next > max ? [] : [.. dfa.Edges(state).ToArray().Select(edge => edge with { Target = (edge.Target * counts) + next })]);
                accepts.Add(dfa.Accepts(state) && count >= min);
            }
        }

        return new CodePointDfa(edges, accepts);
    }

    /// <summary>The shortest and the longest text.</summary>
    private static (int Least, int? Most) Measure(CodePointDfa dfa)
    {
        var reached = new HashSet<int> { 0 };
        int? least = null;
        int? most = null;
        for (int length = 0; length <= dfa.Count && reached.Count > 0; length++)
        {
            if (reached.Any(dfa.Accepts))
            {
                least ??= length;
                most = length;
            }

            reached = [.. reached.SelectMany(state => dfa.Edges(state).ToArray()).Select(edge => edge.Target)];
        }

        return (least ?? 0, reached.Count > 0 ? null : most);
    }
}
