using System.Collections.Immutable;
using Bridge.Tools;

namespace Bridge.Catalog;

/// <summary>Who brings sources, and may bring others while the program runs.</summary>
public interface IToolSourceProvider
{
    /// <summary>The sources, in configured order.</summary>
    ImmutableArray<IToolSource> Sources { get; }

    /// <summary>The set of sources changed; raised on any thread.</summary>
    event Action? Changed;

    /// <summary>Waits until every source is ready or failed.</summary>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>When every source settled.</returns>
    Task WaitUntilSettledAsync(CancellationToken cancellationToken);
}
