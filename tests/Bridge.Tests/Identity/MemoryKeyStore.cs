using System.Collections.Immutable;
using Bridge.Identity;

namespace Bridge.Tests.Identity;

/// <summary>A store that counts how often it is read.</summary>
internal sealed class MemoryKeyStore : IKeyStore
{
    private ImmutableArray<ApiKey> _keys = [];

    public int Reads { get; private set; }

    public Task<ImmutableArray<ApiKey>> ReadAsync(CancellationToken cancellationToken)
    {
        Reads++;
        return Task.FromResult(_keys);
    }

    public Task WriteAsync(ApiKey key, CancellationToken cancellationToken)
    {
        _keys = [.. _keys.Where(other => other.Id != key.Id), key];
        return Task.CompletedTask;
    }
}
