using System.Collections.Concurrent;
using System.Collections.Frozen;
using System.Collections.Immutable;
using Bridge.Storage;

namespace Bridge.Identity;

/// <summary>Makes, checks and revokes the keys of clients. Thread-safe.</summary>
/// <remarks>A revoked key is refused after <see cref="Freshness"/> at the latest, a new one accepted at once, whichever process made the change.</remarks>
/// <param name="store">Where created keys are kept.</param>
/// <param name="localKey">The key of the user of this machine.</param>
/// <param name="time">The clock.</param>
public sealed class KeyRing(IBridgeStore store, LocalKeyFile localKey, TimeProvider time)
{
    private const string Collection = "keys";
    private static readonly FrozenSet<string> s_localScopes = [KeyScopes.Admin];
    private readonly ConcurrentDictionary<string, (ApiKey Key, DateTimeOffset At)> _known = new(StringComparer.Ordinal);
    private volatile LocalHash? _local;

    /// <summary>How old the stored keys may be when a key is checked.</summary>
    public static TimeSpan Freshness { get; } = TimeSpan.FromSeconds(2);

    /// <summary>Makes a key.</summary>
    /// <param name="name">What people call it.</param>
    /// <param name="scopes">What it allows, of <see cref="KeyScopes"/>; empty for <see cref="KeyScopes.Default"/>.</param>
    /// <param name="lifetime">How long it lasts; <see langword="null"/> for ever.</param>
    /// <param name="cancellationToken">Ends the making.</param>
    /// <returns>The key with its text, which is not kept anywhere.</returns>
    /// <exception cref="ArgumentException">A scope is unknown, the name is empty or the lifetime is not positive.</exception>
    public async Task<CreatedKey> CreateAsync(
        string name, IReadOnlyCollection<string> scopes, TimeSpan? lifetime, CancellationToken cancellationToken)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(name);
        ArgumentNullException.ThrowIfNull(scopes);
        if (scopes.FirstOrDefault(scope => !KeyScopes.All.Contains(scope)) is { } unknown)
        {
            throw new ArgumentException($"'{unknown}' is not a scope; allowed are '{string.Join("', '", KeyScopes.All)}'.", nameof(scopes));
        }

        if (lifetime <= TimeSpan.Zero)
        {
            throw new ArgumentException($"A key cannot last '{lifetime}'; give a positive time, or none for a key that does not end.", nameof(lifetime));
        }

        (string id, string text) = KeyText.Create();
        DateTimeOffset now = time.GetUtcNow();
        var key = new ApiKey(id, name, KeyText.Hash(text), (scopes.Count > 0 ? scopes : KeyScopes.Default).ToFrozenSet(), now)
        {
            Expires = now + lifetime,
        };
        await store.WriteAsync(Collection, id, StoredKey.Write(key), cancellationToken).ConfigureAwait(false);
        return new CreatedKey(key, text);
    }

    /// <summary>Lists the created keys.</summary>
    /// <param name="cancellationToken">Ends the listing.</param>
    /// <returns>The keys, oldest first, revoked and expired ones included; the local key is not among them.</returns>
    public async Task<ImmutableArray<ApiKey>> ListAsync(CancellationToken cancellationToken)
    {
        var keys = new List<ApiKey>();
        foreach (string id in await store.ListAsync(Collection, cancellationToken).ConfigureAwait(false))
        {
            if (await store.ReadAsync(Collection, id, cancellationToken).ConfigureAwait(false) is { } document)
            {
                keys.Add(StoredKey.Read(document.Content));
            }
        }

        return [.. keys.OrderBy(key => key.Created)];
    }

    /// <summary>Revokes a key.</summary>
    /// <param name="id">The key's id.</param>
    /// <param name="cancellationToken">Ends the revoking.</param>
    /// <returns><see langword="false"/> when there is no such key.</returns>
    public async Task<bool> RevokeAsync(string id, CancellationToken cancellationToken)
    {
        if (!KeyText.IsId(id) || await store.ReadAsync(Collection, id, cancellationToken).ConfigureAwait(false) is not { } document)
        {
            return false;
        }

        ApiKey key = StoredKey.Read(document.Content);
        key = key with { Revoked = key.Revoked ?? time.GetUtcNow() };
        await store.WriteAsync(Collection, id, StoredKey.Write(key), cancellationToken).ConfigureAwait(false);
        _known.TryRemove(id, out _);
        return true;
    }

    /// <summary>The key of the user of this machine, made on the first use.</summary>
    /// <returns>The key's text.</returns>
    /// <exception cref="IOException">The data folder cannot be written.</exception>
    public string EnsureLocalKey() => localKey.ReadOrCreate();

    /// <summary>Checks a key that a client showed.</summary>
    /// <param name="text">What the client sent.</param>
    /// <param name="cancellationToken">Ends the check.</param>
    /// <returns>What became of it.</returns>
    public async ValueTask<KeyCheck> CheckAsync(string text, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(text);
        if (!KeyText.TryReadId(text, out string? id))
        {
            return new KeyCheck(KeyCheckResult.Unknown, null);
        }

        string hash = KeyText.Hash(text);
        DateTimeOffset now = time.GetUtcNow();
        LocalHash local = _local is { } read && now - read.At < Freshness ? read : ReadLocal(now);
        if (KeyText.Same(hash, local.Hash))
        {
            return Local(now);
        }

        ApiKey? key = await FindAsync(id, cancellationToken).ConfigureAwait(false);
        if (key is null || !KeyText.Same(hash, key.Hash))
        {
            // Nothing that is remembered: the local key may be a newer one.
            return KeyText.Same(hash, ReadLocal(now).Hash) ? Local(now) : new KeyCheck(KeyCheckResult.Unknown, null);
        }

        KeyCheckResult result = key.Revoked is not null ? KeyCheckResult.Revoked
            : key.Expires <= now ? KeyCheckResult.Expired
            : KeyCheckResult.Accepted;
        return new KeyCheck(result, key);
    }

    private static KeyCheck Local(DateTimeOffset now) => new(KeyCheckResult.Accepted, new ApiKey(ApiKey.LocalId, "local", "", s_localScopes, now));

    private LocalHash ReadLocal(DateTimeOffset now) => _local = new LocalHash(localKey.Read() is { } text ? KeyText.Hash(text) : "", now);

    /// <summary>Only keys that exist are remembered, so made-up ids fill no memory.</summary>
    private async ValueTask<ApiKey?> FindAsync(string id, CancellationToken cancellationToken)
    {
        DateTimeOffset now = time.GetUtcNow();
        if (_known.TryGetValue(id, out (ApiKey Key, DateTimeOffset At) known) && now - known.At < Freshness)
        {
            return known.Key;
        }

        if (await store.ReadAsync(Collection, id, cancellationToken).ConfigureAwait(false) is not { } document)
        {
            _known.TryRemove(id, out _);
            return null;
        }

        ApiKey key = StoredKey.Read(document.Content);
        _known[id] = (key, now);
        return key;
    }

    private sealed record LocalHash(string Hash, DateTimeOffset At);
}
