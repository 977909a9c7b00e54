using System.Collections.Immutable;
using Bridge.Tools;

namespace Bridge.Catalog;

/// <summary>Sources that are given in code and stay.</summary>
/// <param name="sources">The sources, in catalog order.</param>
public sealed class FixedSources(IEnumerable<IToolSource> sources) : IToolSourceProvider
{
    /// <inheritdoc/>
    public event Action? Changed
    {
        add { }
        remove { }
    }

    /// <inheritdoc/>
    public ImmutableArray<IToolSource> Sources { get; } = [.. sources];

    /// <inheritdoc/>
    public Task WaitUntilSettledAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
