namespace Bridge.Schemas.Automata;

/// <summary>Merges the states of an automaton that accept the same rests: by splitting classes until none splits (Moore).</summary>
internal static class DfaMinimizer
{
    /// <summary>The class of every state; the start's is 0, and classes are numbered in the order of their first state.</summary>
    public static int[] Classes(IReadOnlyList<CodePointEdge[]> edges, IReadOnlyList<bool> accepts)
    {
        int[] classes = [.. accepts.Select(accept => accept == accepts[0] ? 0 : 1)];
        int count = 0;
        for (int round = 0; round < AutomatonBudget.MaxMergingRounds; round++)
        {
            var known = new Dictionary<int[], int>(RowComparer.Instance);
            int[] next = new int[classes.Length];
            for (int state = 0; state < classes.Length; state++)
            {
                int[] row = RowOf(edges[state], classes, classes[state]);
                if (!known.TryGetValue(row, out next[state]))
                {
                    next[state] = known.Count;
                    known.Add(row, next[state]);
                }
            }

            if (known.Count == count)
            {
                return next;
            }

            count = known.Count;
            classes = next;
        }

        return [.. Enumerable.Range(0, classes.Length)];
    }

    /// <summary>The edges of a state in terms of classes; neighbours that lead to the same class are one.</summary>
    public static List<CodePointEdge> Merge(CodePointEdge[] edges, int[] classes)
    {
        var merged = new List<CodePointEdge>();
        foreach (CodePointEdge edge in edges)
        {
            int target = classes[edge.Target];
            if (merged.Count > 0 && merged[^1].Target == target && merged[^1].Last == edge.First - 1)
            {
                merged[^1] = merged[^1] with { Last = edge.Last };
            }
            else
            {
                merged.Add(edge with { Target = target });
            }
        }

        return merged;
    }

    private static int[] RowOf(CodePointEdge[] edges, int[] classes, int own)
    {
        List<CodePointEdge> merged = Merge(edges, classes);
        int[] row = new int[(merged.Count * 3) + 1];
        row[0] = own;
        for (int i = 0; i < merged.Count; i++)
        {
            (row[(i * 3) + 1], row[(i * 3) + 2], row[(i * 3) + 3]) = (merged[i].First, merged[i].Last, merged[i].Target);
        }

        return row;
    }

    private sealed class RowComparer : IEqualityComparer<int[]>
    {
        public static RowComparer Instance { get; } = new();

        public bool Equals(int[]? x, int[]? y) => x.AsSpan().SequenceEqual(y);

        public int GetHashCode(int[] obj)
        {
            var hash = default(HashCode);
            foreach (int value in obj)
            {
                hash.Add(value);
            }

            return hash.ToHashCode();
        }
    }
}
