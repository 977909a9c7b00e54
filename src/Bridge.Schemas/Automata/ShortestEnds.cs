namespace Bridge.Schemas.Automata;

/// <summary>How many bytes the shortest end needs, for every state and every count of characters read.</summary>
/// <remarks>
/// Between the least and nearly the greatest length the count does not matter, so one row of lengths stands for all of these:
/// a text of up to a million characters costs no more than a short one.
/// </remarks>
internal sealed class ShortestEnds
{
    private readonly int[][] _rows;
    private readonly int _min;
    private readonly int _max;
    private readonly int _tail;

    private ShortestEnds(int[][] rows, int min, int max, int tail)
    {
        _rows = rows;
        _min = min;
        _max = max;
        _tail = tail;
    }

    /// <summary>Finds the shortest ends.</summary>
    /// <param name="graph">The automaton.</param>
    /// <param name="min">The least number of characters.</param>
    /// <param name="max">The greatest number of characters.</param>
    /// <exception cref="NotRegularException">There are too many lengths to keep.</exception>
    public static ShortestEnds Of(ByteGraph graph, int min, int max)
    {
        (int[] middle, int longest) = graph.Shortest();
        bool hasMiddle = min <= max && (long)min + longest < max;
        long count = hasMiddle ? (long)min + longest + 2 : (long)max + 1;
        if (count * graph.Count > AutomatonBudget.MaxLengths)
        {
            throw new NotRegularException("its lengths are too many to follow");
        }

        if (!hasMiddle)
        {
            return new ShortestEnds(Upwards(graph, min, max, 0, null), min, max, 0);
        }

        // Rows: one per count below the least, one for all in the middle, one per count of the tail.
        int tail = max - longest;
        int[][] end = Upwards(graph, min, max, tail, null);
        int[][] start = Upwards(graph, min, min, 0, middle);
        return new ShortestEnds([.. start, .. end], min, max, tail);
    }

    /// <summary>Whether a count is within the bounds.</summary>
    public bool Allows(int count) => count >= _min && count <= _max;

    /// <summary>The bytes to the shortest end.</summary>
    public int From(int state, int count) => count > _max ? ByteMachine.Never : _rows[RowOf(count)][state];

    /// <summary>Whether a count and those after it, up to a distance, lie in the middle.</summary>
    public bool IsSteady(int count, int ahead) => _tail > 0 && count >= _min && (long)count + ahead < _tail;

    private int RowOf(int count) => _tail == 0 || count <= _min ? count : count < _tail ? _min : _min + 1 + count - _tail;

    /// <summary>The rows of the counts from <paramref name="first"/> to <paramref name="last"/>, each from the one after it.</summary>
    private static int[][] Upwards(ByteGraph graph, int min, int last, int first, int[]? lastRow)
    {
        int[][] rows = new int[Math.Max(0, last - first) + 1][];
        int[]? next = null;
        for (int count = last; count >= first; count--)
        {
            int[] row = count == last && lastRow is not null ? lastRow : graph.Before(next, ends: count >= min);
            rows[count - first] = row;
            next = row;
        }

        rows[0] ??= Never(graph.Count);
        return rows;
    }

    private static int[] Never(int count)
    {
        int[] row = new int[count];
        Array.Fill(row, ByteMachine.Never);
        return row;
    }
}
