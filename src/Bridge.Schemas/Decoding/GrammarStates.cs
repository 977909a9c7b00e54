using System.Diagnostics.CodeAnalysis;

namespace Bridge.Schemas.Decoding;

/// <summary>The states and frames of a program, each kept once, so that what is found out about a state is found out once.</summary>
/// <remarks>When there are too many, all are forgotten: a state in use stays valid and only loses what it shares. Thread-safe.</remarks>
internal sealed class GrammarStates
{
    private const int Limit = 20_000;

    private readonly Lock _lock = new();
    private readonly Dictionary<(GrammarNode, int, UsedNames?, GrammarFrame?), GrammarFrame> _frames = [];
    private readonly Dictionary<GrammarThread[], GrammarState> _states = new(ThreadsComparer.Instance);

    /// <summary>A frame.</summary>
    public GrammarFrame Frame(GrammarNode node, int state, UsedNames? names, GrammarFrame? outer)
    {
        lock (_lock)
        {
            if (!_frames.TryGetValue((node, state, names, outer), out GrammarFrame? frame))
            {
                ForgetWhenFull();
                frame = new GrammarFrame(node, state, names, outer);
                _frames.Add((node, state, names, outer), frame);
            }

            return frame;
        }
    }

    /// <summary>The state of some threads.</summary>
    public GrammarState State(GrammarThread[] threads)
    {
        lock (_lock)
        {
            if (!_states.TryGetValue(threads, out GrammarState? state))
            {
                ForgetWhenFull();
                state = new GrammarState(this, threads);
                _states.Add(threads, state);
            }

            return state;
        }
    }

    /// <summary>The state in which a node is about to be written.</summary>
    public GrammarState Open(GrammarNode node, GrammarFrame? frame)
    {
        var threads = new ThreadSet(this);
        threads.Add(new GrammarThread(node, 0, null, frame));
        return State(threads.ToArray());
    }

    private void ForgetWhenFull()
    {
        if (_frames.Count + _states.Count >= Limit)
        {
            _frames.Clear();
            _states.Clear();
        }
    }

    private sealed class ThreadsComparer : IEqualityComparer<GrammarThread[]>
    {
        public static ThreadsComparer Instance { get; } = new();

        public bool Equals(GrammarThread[]? x, GrammarThread[]? y) => x.AsSpan().SequenceEqual(y);

        public int GetHashCode([DisallowNull] GrammarThread[] obj)
        {
            var hash = default(HashCode);
            foreach (GrammarThread thread in obj)
            {
                hash.Add(thread);
            }

            return hash.ToHashCode();
        }
    }
}
