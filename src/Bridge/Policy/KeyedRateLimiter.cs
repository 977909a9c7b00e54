namespace Bridge.Policy;

/// <summary>Limits how often something happens in a minute, for each key on its own. Thread-safe.</summary>
/// <remarks>
/// The generic cell rate algorithm: a key may use up a minute's share at once, and gets it back evenly. One number is kept for
/// each key that is not at rest, so memory follows who is active. The framework's limiters go by timers and a clock of their own.
/// </remarks>
/// <param name="time">The clock.</param>
public sealed class KeyedRateLimiter(TimeProvider time)
{
    private static readonly TimeSpan s_minute = TimeSpan.FromMinutes(1);

    private readonly Lock _gate = new();
    private readonly Dictionary<string, TimeSpan> _fullAgainAt = new(StringComparer.Ordinal);
    private readonly long _start = time.GetTimestamp();
    private TimeSpan _nextSweep = s_minute;

    /// <summary>How many keys are kept in memory.</summary>
    internal int Count
    {
        get
        {
            lock (_gate)
            {
                return _fullAgainAt.Count;
            }
        }
    }

    /// <summary>Takes one of a key's share, if there is one.</summary>
    /// <param name="key">The key.</param>
    /// <param name="perMinute">The share of a minute, from 1; another number from one time to the next is fine.</param>
    /// <returns>How long to wait before the next try; zero when one was taken.</returns>
    public TimeSpan Take(string key, int perMinute)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(perMinute, 1);
        TimeSpan each = s_minute / perMinute, now = time.GetElapsedTime(_start);
        lock (_gate)
        {
            Sweep(now);
            TimeSpan full = _fullAgainAt.TryGetValue(key, out TimeSpan at) && at > now ? at : now;
            TimeSpan wait = full + each - s_minute - now;
            if (wait > TimeSpan.Zero)
            {
                return wait;
            }

            _fullAgainAt[key] = full + each;
            return TimeSpan.Zero;
        }
    }

    private void Sweep(TimeSpan now)
    {
        if (now < _nextSweep)
        {
            return;
        }

        _nextSweep = now + s_minute;
        foreach (string key in _fullAgainAt.Where(entry => entry.Value <= now).Select(entry => entry.Key).ToArray())
        {
            _fullAgainAt.Remove(key);
        }
    }
}
