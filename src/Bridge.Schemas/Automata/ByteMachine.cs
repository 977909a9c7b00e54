namespace Bridge.Schemas.Automata;

/// <summary>A deterministic automaton over bytes that counts the characters it reads and knows, at every point, the shortest way to an end.</summary>
/// <remarks>The count is kept by whoever runs it, so that one state serves every length. Immutable.</remarks>
internal sealed class ByteMachine
{
    /// <summary>No way to an end.</summary>
    public const int Never = int.MaxValue / 4;

    private readonly byte[] _classes;
    private readonly int _width;
    private readonly int[] _next;
    private readonly bool[] _accepts;
    private readonly bool[] _counts;
    private readonly ShortestEnds _ends;

    internal ByteMachine(byte[] classes, int width, int[] next, bool[] accepts, bool[] counts, ShortestEnds ends, object? rules)
    {
        Rules = rules ?? this;
        _classes = classes;
        _width = width;
        _next = next;
        _accepts = accepts;
        _counts = counts;
        _ends = ends;
    }

    /// <summary>Whether there is no text at all that it accepts.</summary>
    public bool IsEmpty => Rest(0, 0) >= Never;

    /// <summary>What it has in common with machines that differ in their lengths only: the same states, and the same steps between them.</summary>
    public object Rules { get; }

    /// <summary>How many states there are; the start is 0.</summary>
    public int Count => _accepts.Length;

    /// <summary>Takes a byte.</summary>
    /// <returns>Whether some text that is accepted goes on with it; if not, nothing has changed.</returns>
    public bool TryStep(byte value, ref int state, ref int count)
    {
        int next = _next[(state * _width) + _classes[value]];
        int counted = _counts[state] ? count + 1 : count;
        if (next < 0 || _ends.From(next, counted) >= Never)
        {
            return false;
        }

        state = next;
        count = counted;
        return true;
    }

    /// <summary>Whether a byte may go on some text that could end before it.</summary>
    public bool GoesOn(byte value)
    {
        for (int state = 0; state < Count; state++)
        {
            if (_accepts[state] && _next[(state * _width) + _classes[value]] >= 0)
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>Whether the text may end here.</summary>
    public bool Accepts(int state, int count) => _accepts[state] && _ends.Allows(count);

    /// <summary>Whether another character may follow so many.</summary>
    public bool MayGrow(int count) => _ends.Allows(count + 1);

    /// <summary>How many bytes the shortest end needs from here; <see cref="Never"/> when there is none.</summary>
    public int Rest(int state, int count) => _ends.From(state, count);

    /// <summary>Whether what may follow is the same for this count and all up to <paramref name="ahead"/> characters later.</summary>
    public bool IsSteady(int count, int ahead) => _ends.IsSteady(count, ahead);
}
