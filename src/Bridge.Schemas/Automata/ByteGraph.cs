namespace Bridge.Schemas.Automata;

/// <summary>An automaton over bytes while it is built: first the states between characters, then those within one.</summary>
internal sealed class ByteGraph
{
    private readonly List<int[]> _next = [];
    private readonly List<bool> _accepts = [];
    private readonly List<bool> _counts = [];
    private int[]?[]? _targets;

    /// <summary>How many states there are.</summary>
    public int Count => _next.Count;

    /// <summary>Adds a state.</summary>
    /// <param name="accepts">Whether the text may end there.</param>
    /// <param name="counts">Whether the byte that leaves it begins a character that is counted.</param>
    /// <exception cref="NotRegularException">There are too many.</exception>
    public int Add(bool accepts, bool counts)
    {
        if (_next.Count >= AutomatonBudget.MaxByteStates)
        {
            throw new NotRegularException("it needs too many states");
        }

        int[] row = new int[256];
        Array.Fill(row, -1);
        _next.Add(row);
        _accepts.Add(accepts);
        _counts.Add(counts);
        return _next.Count - 1;
    }

    /// <summary>Adds an edge for a range of bytes, ends included.</summary>
    public void Connect(int from, int first, int last, int to)
    {
        for (int value = first; value <= last; value++)
        {
            _next[from][value] = to;
        }
    }

    /// <summary>Finishes the automaton.</summary>
    /// <param name="min">The least number of characters.</param>
    /// <param name="max">The greatest number of characters.</param>
    /// <param name="rules">What it was built from, the lengths aside; <see langword="null"/> where nothing else is built from it.</param>
    /// <exception cref="NotRegularException">There are too many lengths to keep.</exception>
    public ByteMachine Build(int min, int max, object? rules = null)
    {
        byte[] classes = new byte[256];
        var columns = new List<int>();
        for (int value = 0; value < 256; value++)
        {
            int known = 0;
            while (known < columns.Count && !AreAlike(columns[known], value))
            {
                known++;
            }

            classes[value] = (byte)known;
            if (known == columns.Count)
            {
                columns.Add(value);
            }
        }

        int[] next = new int[_next.Count * columns.Count];
        for (int state = 0; state < _next.Count; state++)
        {
            for (int i = 0; i < columns.Count; i++)
            {
                next[(state * columns.Count) + i] = _next[state][columns[i]];
            }
        }

        return new ByteMachine(classes, columns.Count, next, [.. _accepts], [.. _counts], ShortestEnds.Of(this, min, max), rules);
    }

    /// <summary>The bytes to the nearest end from every state when lengths do not matter, and the most characters such a way has.</summary>
    public (int[] Bytes, int Characters) Shortest()
    {
        int[] bytes = new int[Count];
        int[] characters = new int[Count];
        Array.Fill(bytes, ByteMachine.Never);
        var sources = new List<int>?[Count];
        for (int state = 0; state < Count; state++)
        {
            foreach (int target in TargetsOf(state))
            {
                (sources[target] ??= []).Add(state);
            }
        }

        var queue = new Queue<int>();
        for (int state = 0; state < Count; state++)
        {
            if (_accepts[state])
            {
                bytes[state] = 0;
                queue.Enqueue(state);
            }
        }

        while (queue.TryDequeue(out int state))
        {
            foreach (int source in sources[state] ?? [])
            {
                if (bytes[source] == ByteMachine.Never)
                {
                    bytes[source] = bytes[state] + 1;
                    characters[source] = characters[state] + (_counts[source] ? 1 : 0);
                    queue.Enqueue(source);
                }
            }
        }

        return (bytes, characters.DefaultIfEmpty().Max());
    }

    /// <summary>The bytes to the shortest end for one count, from those for the next count.</summary>
    /// <param name="next">Those for the next count; <see langword="null"/> when there may not be another character.</param>
    /// <param name="ends">Whether the text may end at this count.</param>
    public int[] Before(int[]? next, bool ends)
    {
        int[] row = new int[Count];
        for (int state = 0; state < row.Length; state++)
        {
            int shortest = ends && _accepts[state] ? 0 : ByteMachine.Never;

            // States within a character follow those they lead to, so their part of the row is there already.
            int[]? after = _counts[state] ? next : row;
            foreach (int target in after is null ? [] : TargetsOf(state))
            {
                shortest = Math.Min(shortest, after![target] + 1);
            }

            row[state] = Math.Min(shortest, ByteMachine.Never);
        }

        return row;
    }

    private bool AreAlike(int column, int other)
    {
        foreach (int[] row in _next)
        {
            if (row[column] != row[other])
            {
                return false;
            }
        }

        return true;
    }

    private int[] TargetsOf(int state)
    {
        _targets ??= new int[Count][];
        if (_targets[state] is not { } targets)
        {
            var found = new HashSet<int>();
            foreach (int target in _next[state])
            {
                if (target >= 0)
                {
                    found.Add(target);
                }
            }

            _targets[state] = targets = [.. found];
        }

        return targets;
    }
}
