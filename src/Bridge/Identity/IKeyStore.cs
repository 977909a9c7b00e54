using System.Collections.Immutable;

namespace Bridge.Identity;

/// <summary>Where keys are kept. Thread-safe, and safe for several processes at once.</summary>
public interface IKeyStore
{
    /// <summary>Reads every key.</summary>
    /// <param name="cancellationToken">Ends the reading.</param>
    /// <returns>The keys, oldest first.</returns>
    Task<ImmutableArray<ApiKey>> ReadAsync(CancellationToken cancellationToken);

    /// <summary>Adds a key, or replaces the one with its id.</summary>
    /// <param name="key">The key.</param>
    /// <param name="cancellationToken">Ends the writing.</param>
    /// <returns>When it is kept.</returns>
    Task WriteAsync(ApiKey key, CancellationToken cancellationToken);
}
