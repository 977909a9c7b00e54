using Bridge.Llama.Inference;

namespace Bridge.Llama.Workers;

/// <summary>The worker's side: says that it lives while it has questions, as long as what it computes goes on.</summary>
internal sealed class WorkerPulse : IDisposable
{
    /// <summary>How often a worker says that it lives in the time that its host has patience.</summary>
    public const int BeatsInPatience = 8;

    // A batch of a large model on a slow processor takes minutes, and nothing can be said of it before it ends.
    private const int PatiencesOfABatch = 10;

    private readonly Func<bool> _isBusy;
    private readonly Func<EngineStatistics?> _statistics;
    private readonly Action _beat;
    private readonly ITimer _timer;
    private long _batches;
    private int _still;

    /// <param name="patience">How long the host waits for a sign of life.</param>
    /// <param name="time">The clock.</param>
    /// <param name="isBusy">Whether there are questions.</param>
    /// <param name="statistics">What the engine has done; <see langword="null"/> before there is one.</param>
    /// <param name="beat">Says that the worker lives; must not block.</param>
    public WorkerPulse(TimeSpan patience, TimeProvider time, Func<bool> isBusy, Func<EngineStatistics?> statistics, Action beat)
    {
        _isBusy = isBusy;
        _statistics = statistics;
        _beat = beat;
        _timer = time.CreateTimer(_ => Beat(), null, PeriodOf(patience), PeriodOf(patience));
    }

    /// <summary>The time between two signs of life.</summary>
    public static TimeSpan PeriodOf(TimeSpan patience) =>
        patience > TimeSpan.Zero ? patience / BeatsInPatience : Timeout.InfiniteTimeSpan;

    /// <inheritdoc/>
    public void Dispose() => _timer.Dispose();

    private void Beat()
    {
        if (!_isBusy())
        {
            return;
        }

        EngineStatistics? statistics = _statistics();
        bool goesOn = statistics is not { Active: > 0 } || statistics.Batches != _batches;
        _batches = statistics?.Batches ?? 0;
        _still = goesOn ? 0 : _still + 1;
        if (_still <= BeatsInPatience * PatiencesOfABatch)
        {
            _beat();
        }
    }
}
