using System.Collections.Immutable;
using Bridge.Configuration;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Bridge.Identity;

/// <summary>Holds the issuer's keys: reads them when first needed, again when they are old, and when a token names one that is not there. Thread-safe.</summary>
/// <param name="options">Where the keys are.</param>
/// <param name="loader">Reads them.</param>
/// <param name="time">The clock.</param>
/// <param name="logger">Where failures are told.</param>
public sealed class TokenKeyCache(IOptionsMonitor<BridgeOptions> options, ITokenKeyLoader loader, TimeProvider time, ILogger<TokenKeyCache> logger) : IDisposable
{
    private readonly SemaphoreSlim _loading = new(1, 1);
    private readonly Lock _gate = new();
    private volatile Held? _held;
    private (TokenKeyPlace Place, DateTimeOffset At)? _lastTry;

    /// <summary>How old keys grow before they are read again: a key that was withdrawn counts no longer than that.</summary>
    public static TimeSpan Freshness { get; } = TimeSpan.FromMinutes(10);

    /// <summary>How long keys are used that could not be read again.</summary>
    public static TimeSpan Patience { get; } = TimeSpan.FromHours(1);

    /// <summary>How often keys are read at the most, whatever tokens name.</summary>
    public static TimeSpan Pause { get; } = TimeSpan.FromSeconds(30);

    /// <inheritdoc/>
    public void Dispose() => _loading.Dispose();

    /// <summary>Finds the keys that may have signed a token.</summary>
    /// <param name="id">The token's <c>kid</c>.</param>
    /// <param name="algorithm">The token's algorithm.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>The keys, perhaps none; <see langword="null"/> when the issuer's keys cannot be had.</returns>
    internal async ValueTask<ImmutableArray<TokenKey>?> FindAsync(string? id, TokenAlgorithm algorithm, CancellationToken cancellationToken)
    {
        var place = TokenKeyPlace.Of(options.CurrentValue.Http.Tokens);
        ImmutableArray<TokenKey>? found = Usable(place)?.Find(id, algorithm);
        bool isThere = found is { IsEmpty: false };
        bool isLoading = _loading.CurrentCount == 0;

        // Old keys do until one request has read the new ones; who has none waits for them.
        if (isThere ? isLoading || !IsOld(place) || !MayTry(place) : !isLoading && !MayTry(place))
        {
            return found;
        }

        await LoadAsync(place, cancellationToken).ConfigureAwait(false);
        return Usable(place)?.Find(id, algorithm);
    }

    private TokenKeySet? Usable(TokenKeyPlace place) =>
        _held is { } held && held.Place == place && time.GetUtcNow() - held.At < Patience ? held.Keys : null;

    private bool IsOld(TokenKeyPlace place) => !(_held is { } held && held.Place == place && time.GetUtcNow() - held.At < Freshness);

    private bool MayTry(TokenKeyPlace place)
    {
        lock (_gate)
        {
            return !(_lastTry is { } last && last.Place == place && time.GetUtcNow() - last.At < Pause);
        }
    }

    private async Task LoadAsync(TokenKeyPlace place, CancellationToken cancellationToken)
    {
        // The first reads; who comes meanwhile waits for the result.
        await _loading.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            if (!MayTry(place))
            {
                return;
            }

            // The reading is everybody's: a client that goes away must not end it for the others.
            Tried(place);
            byte[] json = await loader.LoadAsync(place, CancellationToken.None).ConfigureAwait(false);
            _held = new Held(place, TokenKeySet.Parse(json), time.GetUtcNow());
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException or HttpRequestException or FormatException or OperationCanceledException)
        {
            logger.TokenKeysNotRead(error, place.ToString());
        }
        finally
        {
            _loading.Release();
        }
    }

    private void Tried(TokenKeyPlace place)
    {
        lock (_gate)
        {
            _lastTry = (place, time.GetUtcNow());
        }
    }

    private sealed record Held(TokenKeyPlace Place, TokenKeySet Keys, DateTimeOffset At);
}
