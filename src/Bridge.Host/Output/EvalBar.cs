using System.Globalization;
using Bridge.Host.Terminal;

namespace Bridge.Host.Output;

/// <summary>A bar on a terminal's error output that says how many records were asked and how long the rest may take; nothing elsewhere. Thread-safe.</summary>
internal sealed class EvalBar : IDisposable
{
    private const int Width = 30;

    private static readonly TimeSpan s_pause = TimeSpan.FromMilliseconds(100);

    private readonly ProgressLine _line;
    private readonly TimeProvider _clock;
    private readonly int _total;
    private readonly int _kept;
    private readonly long _start;
    private readonly Lock _lock = new();
    private int _done;
    private long _shown;

    public EvalBar(CommandEnvironment environment, int total, int kept)
    {
        _line = new ProgressLine(environment);
        _clock = environment.Clock;
        _total = total;
        _kept = _done = kept;
        _start = _clock.GetTimestamp();
    }

    /// <summary>One record more was asked.</summary>
    public void Step()
    {
        lock (_lock)
        {
            _done++;
            if (_shown == 0 || _clock.GetElapsedTime(_shown) >= s_pause)
            {
                _shown = _clock.GetTimestamp();
                _line.Show(Text());
            }
        }
    }

    public void Clear() => _line.Clear();

    public void Dispose() => _line.Dispose();

    private string Text()
    {
        int filled = Width * _done / Math.Max(1, _total);
        double seconds = _clock.GetElapsedTime(_start).TotalSeconds;
        double rate = (_done - _kept) / Math.Max(seconds, 0.001);
        string left = TimeSpan.FromSeconds(Math.Ceiling((_total - _done) / Math.Max(rate, 0.001))).ToString("g", CultureInfo.InvariantCulture);
        return string.Create(CultureInfo.InvariantCulture, $"[{new string('#', filled)}{new string('.', Width - filled)}] {_done} of {_total}, {rate:0.#} a second, {left} left");
    }
}
