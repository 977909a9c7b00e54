using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.Security.Cryptography;
using System.Text;
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
    private readonly Lock _gate = new();
    private ImmutableArray<IToolSource> _subscribed = [];
    private long _revision;

    /// <summary>Makes the catalog.</summary>
    /// <param name="providers">Who brings sources, in catalog order.</param>
    /// <param name="logger">The log.</param>
    public ToolCatalog(IEnumerable<IToolSourceProvider> providers, ILogger<ToolCatalog> logger)
    {
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

    /// <summary>Gives the tools as one identity sees them.</summary>
    /// <param name="context">On whose behalf.</param>
    /// <param name="cancellationToken">Ends the listing.</param>
    /// <returns>The snapshot; the same instance until a source changes.</returns>
    public ValueTask<CatalogSnapshot> GetAsync(CallContext context, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(context);
        return _snapshots.TryGetValue(context.Identity.Id, out VersionedSnapshot? kept) && kept.Revision == Interlocked.Read(ref _revision)
            ? ValueTask.FromResult(kept.Snapshot)
            : new ValueTask<CatalogSnapshot>(BuildAsync(context, cancellationToken));
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (IToolSourceProvider provider in _providers)
        {
            provider.Changed -= OnProviderChanged;
        }

        lock (_gate)
        {
            Subscribe([]);
        }
    }

    private async Task<CatalogSnapshot> BuildAsync(CallContext context, CancellationToken cancellationToken)
    {
        long revision = Interlocked.Read(ref _revision);
        ImmutableArray<IToolSource> sources = Sources;
        SourceListing[] listings = await Task.WhenAll(
            sources.Select(source => ListAsync(source, context, cancellationToken))).ConfigureAwait(false);
        CatalogSnapshot snapshot = Merge(listings);
        if (_snapshots.Count >= MaxIdentities)
        {
            _snapshots.Clear();
        }

        _snapshots[context.Identity.Id] = new VersionedSnapshot(revision, snapshot);
        return snapshot;
    }

    private async Task<SourceListing> ListAsync(IToolSource source, CallContext context, CancellationToken cancellationToken)
    {
        try
        {
            ToolListing listing = await source.ListAsync(context, cancellationToken).ConfigureAwait(false);
            return new SourceListing(source, listing, source.Status);
        }
        catch (Exception error) when (error is not OperationCanceledException || !cancellationToken.IsCancellationRequested)
        {
            LogListingFailed(source.Id, error);
            return new SourceListing(source, ToolListing.Empty, new SourceStatus(SourceState.Failed, error.Message));
        }
    }

    private static CatalogSnapshot Merge(SourceListing[] listings)
    {
        var entries = ImmutableArray.CreateBuilder<CatalogEntry>();
        var quarantined = ImmutableArray.CreateBuilder<QuarantinedTool>();
        var ids = new HashSet<ToolId>();
        foreach ((IToolSource source, ToolListing listing, _) in listings)
        {
            quarantined.AddRange(listing.Quarantined);
            foreach (Tool tool in listing.Tools)
            {
                if (ids.Add(tool.Id))
                {
                    entries.Add(new CatalogEntry(tool, source));
                }
                else
                {
                    quarantined.Add(new QuarantinedTool(tool.Id, $"The source '{source.Id}' lists a second tool named '{tool.Id.Name}'."));
                }
            }
        }

        ImmutableArray<CatalogSource> sources =
            [.. listings.Select(listing => new CatalogSource(listing.Source.Id, listing.Status, listing.Listing.Tools.Length))];
        return new CatalogSnapshot(VersionOf(entries), entries.ToImmutable(), quarantined.ToImmutable(), sources);
    }

    private static string VersionOf(IEnumerable<CatalogEntry> entries)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (CatalogEntry entry in entries)
        {
            hash.AppendData(Encoding.UTF8.GetBytes($"{entry.Tool.Id}\n{entry.Tool.DefinitionHash}\n"));
        }

        return Convert.ToHexStringLower(hash.GetHashAndReset().AsSpan(0, 8));
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

    private sealed record SourceListing(IToolSource Source, ToolListing Listing, SourceStatus Status);
}
