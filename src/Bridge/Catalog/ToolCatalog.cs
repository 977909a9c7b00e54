using System.Collections.Concurrent;
using System.Collections.Immutable;
using Bridge.Tools;
using Microsoft.Extensions.Logging;

namespace Bridge.Catalog;

/// <summary>All tools of all sources. Snapshots are kept until a source changes, so that a prompt never pays for a listing.</summary>
public sealed partial class ToolCatalog : IDisposable
{
    private const int MaxIdentities = 1024;

    private readonly ImmutableArray<IToolSourceProvider> _providers;
    private readonly ILogger<ToolCatalog> _logger;
    private readonly ConcurrentDictionary<string, VersionedSnapshot> _snapshots = new(StringComparer.Ordinal);
    private readonly Dictionary<string, Gathering> _gatherings = new(StringComparer.Ordinal);
    private readonly TimeProvider _time;
    private readonly IToolTrust? _trust;
    private readonly Lock _gate = new();
    private ImmutableArray<IToolSource> _subscribed = [];
    private long _revision;

    /// <summary>Makes the catalog.</summary>
    /// <param name="providers">Who brings sources, in catalog order.</param>
    /// <param name="logger">The log.</param>
    /// <param name="time">Measures patience; <see langword="null"/> for the system's clock.</param>
    /// <param name="trust">Says which tools wait for a person; <see langword="null"/> when none does.</param>
    public ToolCatalog(IEnumerable<IToolSourceProvider> providers, ILogger<ToolCatalog> logger, TimeProvider? time = null, IToolTrust? trust = null)
    {
        _time = time ?? TimeProvider.System;
        _trust = trust;
        if (trust is not null)
        {
            trust.Changed += OnSourceChanged;
        }

        _providers = [.. providers];
        _logger = logger;
        foreach (IToolSourceProvider provider in _providers)
        {
            provider.Changed += OnProviderChanged;
        }

        Resubscribe();
    }

    /// <summary>The tools or the status of a source changed; raised on any thread.</summary>
    public event Action? Changed;

    /// <summary>The sources at this moment, in catalog order; the first of an id wins.</summary>
    public ImmutableArray<IToolSource> Sources => [.. _providers.SelectMany(provider => provider.Sources).DistinctBy(source => source.Id)];

    /// <summary>Waits until every source is ready or failed.</summary>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>When every source settled.</returns>
    public Task WaitUntilSettledAsync(CancellationToken cancellationToken) =>
        Task.WhenAll(_providers.Select(provider => provider.WaitUntilSettledAsync(cancellationToken)));

    /// <summary>What was given last, while no source told of a change; its time may be over.</summary>
    /// <param name="identity">On whose behalf.</param>
    /// <returns>The snapshot; <see langword="null"/> when there is none.</returns>
    public CatalogSnapshot? Kept(ClientIdentity identity)
    {
        ArgumentNullException.ThrowIfNull(identity);
        return _snapshots.TryGetValue(identity.Id, out VersionedSnapshot? kept) && kept.Revision == Interlocked.Read(ref _revision) ? kept.Snapshot : null;
    }

    /// <summary>Gives the tools as one identity sees them.</summary>
    /// <param name="context">On whose behalf.</param>
    /// <param name="cancellationToken">Ends the listing.</param>
    /// <returns>The snapshot; the same instance until a source changes, or its time is over.</returns>
    public ValueTask<CatalogSnapshot> GetAsync(CallContext context, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(context);
        return Kept(context.Identity) is { } kept && kept.Freshness?.IsOver(_time.GetUtcNow()) != true
            ? ValueTask.FromResult(kept)
            : new ValueTask<CatalogSnapshot>(BuildAsync(context, cancellationToken));
    }

    /// <summary>Gives the tools as one identity sees them, those of slow sources left out for now.</summary>
    /// <param name="context">On whose behalf.</param>
    /// <param name="patience">How long sources that are not ready are waited for, by all who ask meanwhile together.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>The snapshot. When it is not the whole, <see cref="Changed"/> is raised once the whole is there.</returns>
    public async ValueTask<CatalogSnapshot> GetAsync(CallContext context, TimeSpan patience, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(context);
        if (Kept(context.Identity) is { } kept && kept.Freshness?.IsOver(_time.GetUtcNow()) != true)
        {
            return kept;
        }

        Gathering gathering = Gather(context);
        TimeSpan left = patience - _time.GetElapsedTime(gathering.StartedAt);
        try
        {
            await gathering.Whole.WaitAsync(left > TimeSpan.Zero ? left : TimeSpan.Zero, _time, cancellationToken).ConfigureAwait(false);
        }
        catch (TimeoutException)
        {
            // The others are there.
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            // Another listing took its place.
        }

        return gathering.Now();
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        if (_trust is not null)
        {
            _trust.Changed -= OnSourceChanged;
        }

        foreach (IToolSourceProvider provider in _providers)
        {
            provider.Changed -= OnProviderChanged;
        }

        lock (_gate)
        {
            Subscribe([]);
        }
    }

    private Gathering Gather(CallContext context)
    {
        lock (_gate)
        {
            long revision = Interlocked.Read(ref _revision);
            if (_gatherings.TryGetValue(context.Identity.Id, out Gathering? running) && running.Revision == revision)
            {
                return running;
            }

            running?.Cancel();
            var gathering = new Gathering(revision, _time.GetTimestamp(), Sources, (source, ended) => ListAsync(source, context, ended));
            _gatherings[context.Identity.Id] = gathering;
            _ = FinishAsync(context.Identity.Id, gathering);
            return gathering;
        }
    }

    private async Task FinishAsync(string identity, Gathering gathering)
    {
        await ((Task)gathering.Whole).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        if (gathering.Whole.IsCompletedSuccessfully)
        {
            Remember(identity, gathering.Revision, await gathering.Whole.ConfigureAwait(false));
        }

        lock (_gate)
        {
            _gatherings.Remove(identity, out Gathering? last);
            if (last is not null && last != gathering)
            {
                _gatherings[identity] = last;
            }
        }

        if (gathering.WasReadEarly)
        {
            Changed?.Invoke();
        }
    }

    private void Remember(string identity, long revision, CatalogSnapshot snapshot)
    {
        if (_snapshots.Count >= MaxIdentities)
        {
            _snapshots.Clear();
        }

        _snapshots[identity] = new VersionedSnapshot(revision, snapshot);
    }

    private async Task<CatalogSnapshot> BuildAsync(CallContext context, CancellationToken cancellationToken)
    {
        long revision = Interlocked.Read(ref _revision);
        ImmutableArray<IToolSource> sources = Sources;
        SourceListing[] listings = await Task.WhenAll(
            sources.Select(source => ListAsync(source, context, cancellationToken))).ConfigureAwait(false);
        CatalogSnapshot snapshot = CatalogMerge.Merge(listings);
        Remember(context.Identity.Id, revision, snapshot);
        return snapshot;
    }

    private async Task<SourceListing> ListAsync(IToolSource source, CallContext context, CancellationToken cancellationToken)
    {
        try
        {
            ToolListing listing = await source.ListAsync(context, cancellationToken).ConfigureAwait(false);
            ImmutableArray<QuarantinedTool> waiting = _trust is null ? [] : await _trust.FindWaitingAsync(source, listing, context, cancellationToken).ConfigureAwait(false);
            return new SourceListing(source, listing, source.StatusOf(context.Identity), waiting);
        }
        catch (Exception error) when (error is not OperationCanceledException || !cancellationToken.IsCancellationRequested)
        {
            LogListingFailed(source.Id, error);
            return new SourceListing(source, ToolListing.Empty, new SourceStatus(SourceState.Failed, error.Message), []);
        }
    }

    private void OnProviderChanged()
    {
        Resubscribe();
        OnSourceChanged();
    }

    private void OnSourceChanged()
    {
        Interlocked.Increment(ref _revision);
        Changed?.Invoke();
    }

    private void Resubscribe()
    {
        lock (_gate)
        {
            Subscribe(Sources);
        }
    }

    private void Subscribe(ImmutableArray<IToolSource> sources)
    {
        foreach (IToolSource source in _subscribed.Except(sources))
        {
            source.Changed -= OnSourceChanged;
        }

        foreach (IToolSource source in sources.Except(_subscribed))
        {
            source.Changed += OnSourceChanged;
        }

        _subscribed = sources;
    }

    [LoggerMessage(EventId = 1300, EventName = "ListingFailed", Level = LogLevel.Warning,
        Message = "The source '{Source}' could not list its tools; the others go on.")]
    private partial void LogListingFailed(string source, Exception error);

    private sealed record VersionedSnapshot(long Revision, CatalogSnapshot Snapshot);
}
