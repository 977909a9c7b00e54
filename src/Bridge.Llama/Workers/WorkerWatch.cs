using System.Collections.Concurrent;

namespace Bridge.Llama.Workers;

/// <summary>The host's side: notices a worker that lives and says nothing while it has questions. Thread-safe.</summary>
internal sealed class WorkerWatch : IDisposable
{
    private readonly TimeSpan _patience;
    private readonly Action<string> _hung;
    private readonly ConcurrentDictionary<long, bool> _unanswered = new();
    private readonly ITimer _timer;
    private int _silent;

    /// <param name="patience">How long it may say nothing.</param>
    /// <param name="time">The clock.</param>
    /// <param name="hung">Called when it said nothing for that long; takes what it did, to follow "the process".</param>
    public WorkerWatch(TimeSpan patience, TimeProvider time, Action<string> hung)
    {
        _patience = patience;
        _hung = hung;
        _timer = time.CreateTimer(_ => Look(), null, WorkerPulse.PeriodOf(patience), WorkerPulse.PeriodOf(patience));
    }

    /// <summary>How many questions the worker has, those included that nobody waits for any more.</summary>
    public int Unanswered => _unanswered.Count;

    /// <summary>A question is sent.</summary>
    /// <param name="id">Its number.</param>
    public void Asked(long id) => _unanswered[id] = true;

    /// <summary>The worker said something.</summary>
    /// <param name="reply">What it said.</param>
    public void Heard(WorkerReply reply)
    {
        Volatile.Write(ref _silent, 0);
        if (reply is not (WorkerReply.Piece or WorkerReply.Alive))
        {
            // Also what nobody waits for any more is computed until then.
            _unanswered.TryRemove(reply.Id, out _);
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _timer.Dispose();

    // Silence is counted here and not read off the clock: a host that stood still itself has yet to hear what was said meanwhile.
    private void Look()
    {
        if (_unanswered.IsEmpty)
        {
            Volatile.Write(ref _silent, 0);
        }
        else if (Interlocked.Increment(ref _silent) == WorkerPulse.BeatsInPatience + 1)
        {
            string what = _unanswered.ContainsKey(0) ? "loaded its model" : $"had {Unanswered} prompt{(Unanswered == 1 ? "" : "s")}";
            _hung($"gave no sign of life for {_patience.TotalSeconds:0.#} s while it {what}, and was killed");
        }
    }
}
