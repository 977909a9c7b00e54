using Bridge.Schemas.Patterns;

namespace Bridge.Schemas.Automata;

/// <summary>Makes a pattern deterministic, set of states by set of states.</summary>
internal sealed class PatternDfa
{
    private readonly PatternNfa _nfa;
    private readonly Dictionary<string, int> _names = new(StringComparer.Ordinal);
    private readonly List<(int[] States, Place Before)> _sets = [];

    private readonly AutomatonBudget _budget;

    private PatternDfa(PatternNfa nfa, AutomatonBudget budget)
    {
        _nfa = nfa;
        _budget = budget;
    }

    /// <summary>What stands on one side of a position.</summary>
    private enum Place
    {
        Edge,
        Word,
        Other,
    }

    /// <summary>The texts in which a pattern matches somewhere.</summary>
    /// <param name="pattern">The pattern.</param>
    /// <param name="budget">What may be spent.</param>
    /// <exception cref="NotRegularException">The pattern looks around, refers back, or is too big.</exception>
    public static CodePointDfa Of(PatternNode pattern, AutomatonBudget budget) => new PatternDfa(PatternNfa.Of(pattern), budget).Build();

    private CodePointDfa Build()
    {
        NameOf([_nfa.Start], Place.Edge);
        var edges = new List<CodePointEdge[]>();
        var accepts = new List<bool>();
        int edgeCount = 0;
        for (int state = 0; state < _sets.Count; state++)
        {
            (int[] states, Place before) = _sets[state];
            CodePointEdge[] next = [.. EdgesOf(states, before)];
            edgeCount += next.Length;
            if (_sets.Count > AutomatonBudget.MaxStates || edgeCount > AutomatonBudget.MaxEdges)
            {
                throw new NotRegularException("it needs too many states");
            }

            edges.Add(next);
            accepts.Add(Close(states, before, Place.Edge).Contains(_nfa.End));
        }

        return new CodePointDfa(edges, accepts);
    }

    private IEnumerable<CodePointEdge> EdgesOf(int[] states, Place before)
    {
        var takes = new List<(int First, int Last, int Target)>();
        if (_nfa.AsksForWords)
        {
            AddTakes(takes, Close(states, before, Place.Word), CodePointSet.Word);
            AddTakes(takes, Close(states, before, Place.Other), CodePointSet.Word.Complement());
        }
        else
        {
            AddTakes(takes, Close(states, before, Place.Other), CodePointSet.All);
        }

        _budget.SpendWork(takes.Count);
        CodePointEdge? last = null;
        foreach ((int first, int end, int[] targets) in CodePointSweep.Of(takes))
        {
            Place place = _nfa.AsksForWords && CodePointSet.Word.Contains(first) ? Place.Word : Place.Other;
            int name = NameOf(targets, place);
            if (last is { } open && open.Target == name && open.Last == first - 1)
            {
                last = open with { Last = end };
                continue;
            }

            if (last is { } done)
            {
                yield return done;
            }

            last = new CodePointEdge(first, end, name);
        }

        if (last is { } rest)
        {
            yield return rest;
        }
    }

    private void AddTakes(List<(int First, int Last, int Target)> takes, IEnumerable<int> states, CodePointSet within)
    {
        foreach (PatternState state in states.Select(state => _nfa[state]).Where(state => state.Set is not null))
        {
            foreach ((int first, int last) in state.Set!.Ranges)
            {
                foreach ((int low, int high) in within.Ranges)
                {
                    if (Math.Max(first, low) <= Math.Min(last, high))
                    {
                        takes.Add((Math.Max(first, low), Math.Min(last, high), state.Target));
                    }
                }
            }
        }
    }

    private HashSet<int> Close(IEnumerable<int> states, Place before, Place? after)
    {
        var closed = new HashSet<int>();
        var open = new Stack<int>(states);
        while (open.TryPop(out int state))
        {
            if (!closed.Add(state))
            {
                continue;
            }

            foreach (PatternStep step in _nfa[state].Steps)
            {
                if (Holds(step.At, before, after))
                {
                    open.Push(step.Target);
                }
            }
        }

        _budget.SpendWork(closed.Count);
        return closed;
    }

    private static bool Holds(AnchorKind? position, Place before, Place? after) => position switch
    {
        null => true,
        AnchorKind.Start => before == Place.Edge,
        AnchorKind.End => after == Place.Edge,
        AnchorKind.WordBoundary => after is not null && (before == Place.Word) != (after == Place.Word),
        _ => after is not null && (before == Place.Word) == (after == Place.Word),
    };

    private int NameOf(IEnumerable<int> states, Place before)
    {
        // What holds whatever follows is not asked again; after the match, nothing else matters.
        HashSet<int> certain = Close(states, before, after: null);
        int[] sorted = certain.Contains(_nfa.End) ? [_nfa.End] : [.. certain.Order()];
        before = sorted is [var only] && only == _nfa.End ? Place.Other : before;
        string key = $"{before}:{string.Join(',', sorted)}";
        if (!_names.TryGetValue(key, out int name))
        {
            _names[key] = name = _sets.Count;
            _sets.Add((sorted, before));
        }

        return name;
    }
}
