using System.Collections.Concurrent;
using Bridge.Storage;

namespace Bridge.Approval;

/// <summary>Looks whether another process approved what waits here: pins are looked at while tools wait for them, and not otherwise. Thread-safe.</summary>
/// <param name="store">Where the pins are.</param>
/// <param name="collection">The collection there.</param>
/// <param name="clock">Says when to look.</param>
/// <param name="changed">Told of a change.</param>
internal sealed class PinWatch(IBridgeStore store, string collection, TimeProvider clock, Action changed) : IDisposable
{
    private static readonly TimeSpan s_period = TimeSpan.FromSeconds(2);

    private readonly ConcurrentDictionary<string, string> _versions = new(StringComparer.Ordinal);
    private readonly Lock _gate = new();
    private ITimer? _timer;
    private int _looking;

    /// <summary>Looks after pins from now on.</summary>
    /// <param name="key">Their key.</param>
    /// <param name="version">Their version as it was read; <see langword="null"/> to look no longer.</param>
    public void Set(string key, string? version)
    {
        if (version is null)
        {
            _versions.TryRemove(key, out _);
            return;
        }

        _versions[key] = version;
        lock (_gate)
        {
            _timer ??= clock.CreateTimer(static watch => _ = ((PinWatch)watch!).LookAsync(), this, s_period, s_period);
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        lock (_gate)
        {
            _timer?.Dispose();
        }
    }

    private async Task LookAsync()
    {
        if (_versions.IsEmpty || Interlocked.Exchange(ref _looking, 1) == 1)
        {
            return;
        }

        bool others = false;
        try
        {
            foreach ((string key, string version) in _versions)
            {
                StoredDocument? now = await store.ReadAsync(collection, key, CancellationToken.None).ConfigureAwait(false);
                others |= now?.Version != version && _versions.TryRemove(KeyValuePair.Create(key, version));
            }
        }
#pragma warning disable CA1031 // A store that cannot be read now is read the next time.
        catch (Exception)
#pragma warning restore CA1031
        {
        }
        finally
        {
            Interlocked.Exchange(ref _looking, 0);
        }

        if (others)
        {
            changed();
        }
    }
}
