using System.Collections.Immutable;
using Bridge.Tools;

namespace Bridge.Catalog;

/// <summary>One listing of all sources for one identity, under way or done. Thread-safe.</summary>
internal sealed class Gathering
{
    private readonly ImmutableArray<IToolSource> _sources;
    private readonly SourceListing?[] _ready;
    private readonly Action _cancel;
    private readonly Lock _gate = new();
    private CatalogSnapshot? _early, _whole;

    /// <summary>Begins to list.</summary>
    /// <param name="revision">What the listing is of.</param>
    /// <param name="startedAt">The time stamp of this moment.</param>
    /// <param name="sources">The sources, in catalog order.</param>
    /// <param name="list">Lists one.</param>
    public Gathering(long revision, long startedAt, ImmutableArray<IToolSource> sources, Func<IToolSource, CancellationToken, Task<SourceListing>> list)
    {
        (Revision, StartedAt, _sources) = (revision, startedAt, sources);
        _ready = new SourceListing?[sources.Length];
        var end = new CancellationTokenSource(); // not disposed: listings hold its token
        _cancel = end.Cancel;
        CancellationToken ended = end.Token;
        Whole = Task.Run(async () =>
        {
            SourceListing[] listings = await Task.WhenAll(sources.Select((source, at) => ListAsync(at, list(source, ended)))).ConfigureAwait(false);
            lock (_gate)
            {
                return _whole = CatalogMerge.Merge(listings);
            }
        });
    }

    /// <summary>What the listing is of.</summary>
    public long Revision { get; }

    /// <summary>The time stamp of its beginning.</summary>
    public long StartedAt { get; }

    /// <summary>Ends with the whole catalog; cancelled when another listing took its place.</summary>
    public Task<CatalogSnapshot> Whole { get; }

    /// <summary>Whether somebody was given less than the whole.</summary>
    public bool WasReadEarly { get; private set; }

    /// <summary>Another listing takes its place.</summary>
    public void Cancel() => _cancel();

    /// <summary>What is there by now.</summary>
    /// <returns>The whole, or what the ready sources list; the same instance while no other source became ready.</returns>
    public CatalogSnapshot Now()
    {
        lock (_gate)
        {
            if (_whole is not null)
            {
                return _whole;
            }

            WasReadEarly = true;
            return _early ??= CatalogMerge.Merge([.. _ready.Zip(_sources, (listing, source) => listing ?? Pending(source))]);
        }
    }

    private static SourceListing Pending(IToolSource source) => new(source, ToolListing.Empty, new SourceStatus(SourceState.Connecting, "It has not listed its tools yet."), []);

    private async Task<SourceListing> ListAsync(int at, Task<SourceListing> listing)
    {
        SourceListing ready = await listing.ConfigureAwait(false);
        lock (_gate)
        {
            (_ready[at], _early) = (ready, null);
        }

        return ready;
    }
}
