namespace Bridge.Schemas.Automata;

/// <summary>A deterministic automaton over code points. It has as few states as can be; those that lead nowhere have no edges to them.</summary>
internal sealed class CodePointDfa
{
    private const int FirstSurrogate = 0xD800;
    private const int LastSurrogate = 0xDFFF;

    private readonly CodePointEdge[][] _edges;
    private readonly bool[] _accepts;

    /// <summary>Makes an automaton whose first state is the start; states that lead nowhere are dropped.</summary>
    /// <param name="edges">Per state the edges, sorted and disjoint.</param>
    /// <param name="accepts">Per state whether the text may end there.</param>
    public CodePointDfa(IReadOnlyList<CodePointEdge[]> edges, IReadOnlyList<bool> accepts)
    {
        bool[] alive = Alive(edges, accepts);
        CodePointEdge[][] kept = [.. edges.Select((all, state) => alive[state] ? all.Where(edge => alive[edge.Target]).ToArray() : [])];
        int[] classes = DfaMinimizer.Classes(kept, accepts);
        int count = classes.Max() + 1;
        _edges = new CodePointEdge[count][];
        _accepts = new bool[count];
        for (int state = 0; state < classes.Length; state++)
        {
            _edges[classes[state]] ??= [.. DfaMinimizer.Merge(kept[state], classes)];
            _accepts[classes[state]] = accepts[state];
        }
    }

    /// <summary>Every text.</summary>
    public static CodePointDfa All { get; } = new(
        [[new CodePointEdge(0, FirstSurrogate - 1, 0), new CodePointEdge(LastSurrogate + 1, Patterns.CodePointSet.Max, 0)]], [true]);

    /// <summary>How many states there are; the start is 0.</summary>
    public int Count => _edges.Length;

    /// <summary>The edges out of a state, sorted and disjoint.</summary>
    public ReadOnlySpan<CodePointEdge> Edges(int state) => _edges[state];

    /// <summary>Whether the text may end in a state.</summary>
    public bool Accepts(int state) => _accepts[state];

    /// <summary>The texts that both accept.</summary>
    /// <exception cref="NotRegularException">The result is too big.</exception>
    public CodePointDfa Intersect(CodePointDfa other)
    {
        var names = new Dictionary<(int, int), int> { [(0, 0)] = 0 };
        var queue = new List<(int Left, int Right)> { (0, 0) };
        var edges = new List<CodePointEdge[]>();
        var accepts = new List<bool>();
        int edgeCount = 0;
        for (int state = 0; state < queue.Count; state++)
        {
            (int left, int right) = queue[state];
            var common = new List<CodePointEdge>();
            foreach ((int first, int last, (int, int) target) in Overlaps(_edges[left], other._edges[right]))
            {
                if (!names.TryGetValue(target, out int name))
                {
                    names[target] = name = queue.Count;
                    queue.Add(target);
                }

                common.Add(new CodePointEdge(first, last, name));
            }

            edgeCount += common.Count;
            if (queue.Count > AutomatonBudget.MaxStates || edgeCount > AutomatonBudget.MaxEdges)
            {
                throw new NotRegularException("several rules together need too many states");
            }

            edges.Add([.. common]);
            accepts.Add(_accepts[left] && other._accepts[right]);
        }

        return new CodePointDfa(edges, accepts);
    }

    /// <summary>The texts that this does not accept.</summary>
    public CodePointDfa Complement()
    {
        int sink = Count;
        var edges = new List<CodePointEdge[]>();
        for (int state = 0; state <= sink; state++)
        {
            edges.Add([.. Filled(state < sink ? _edges[state] : [], sink)]);
        }

        return new CodePointDfa(edges, [.. _accepts.Select(accepts => !accepts), true]);
    }

    /// <summary>Edges for every character: where there was none, to one more state.</summary>
    private static IEnumerable<CodePointEdge> Filled(CodePointEdge[] edges, int sink)
    {
        foreach (CodePointEdge range in All._edges[0])
        {
            int next = range.First;
            foreach (CodePointEdge edge in edges.Where(edge => edge.Last >= range.First && edge.First <= range.Last))
            {
                if (edge.First > next)
                {
                    yield return new CodePointEdge(next, edge.First - 1, sink);
                }

                next = Math.Min(edge.Last, range.Last) + 1;
                yield return new CodePointEdge(Math.Max(edge.First, range.First), next - 1, edge.Target);
            }

            if (next <= range.Last)
            {
                yield return new CodePointEdge(next, range.Last, sink);
            }
        }
    }

    private static IEnumerable<(int First, int Last, (int Left, int Right) Target)> Overlaps(CodePointEdge[] left, CodePointEdge[] right)
    {
        int i = 0;
        int j = 0;
        while (i < left.Length && j < right.Length)
        {
            int first = Math.Max(left[i].First, right[j].First);
            int last = Math.Min(left[i].Last, right[j].Last);
            if (first <= last)
            {
                yield return (first, last, (left[i].Target, right[j].Target));
            }

            _ = left[i].Last < right[j].Last ? i++ : j++;
        }
    }

    /// <summary>Which states can reach an end.</summary>
    private static bool[] Alive(IReadOnlyList<CodePointEdge[]> edges, IReadOnlyList<bool> accepts)
    {
        var sources = new List<int>[edges.Count];
        for (int state = 0; state < edges.Count; state++)
        {
            foreach (CodePointEdge edge in edges[state])
            {
                (sources[edge.Target] ??= []).Add(state);
            }
        }

        bool[] alive = [.. accepts];
        var open = new Stack<int>(Enumerable.Range(0, edges.Count).Where(state => accepts[state]));
        while (open.TryPop(out int state))
        {
            foreach (int source in sources[state] ?? [])
            {
                if (!alive[source])
                {
                    alive[source] = true;
                    open.Push(source);
                }
            }
        }

        return alive;
    }
}

/// <summary>An edge: the code points that take it, ends included, and where it leads.</summary>
internal readonly record struct CodePointEdge(int First, int Last, int Target);
