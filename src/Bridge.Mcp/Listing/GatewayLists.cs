using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.Runtime.CompilerServices;
using Bridge.Catalog;
using Bridge.Configuration;
using Bridge.Mcp.Connections;
using Bridge.Mcp.Sources;
using Bridge.Policy;
using Bridge.Tools;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Bridge.Mcp.Listing;

/// <summary>What clients of the gateway see, built when something changed and kept until then: no call pays for a listing.</summary>
/// <param name="catalog">The tools.</param>
/// <param name="servers">The servers, for everything else.</param>
/// <param name="visibility">Which tools a client is shown.</param>
/// <param name="options">The size of pages.</param>
/// <param name="logger">Where servers that do not list are named.</param>
internal sealed class GatewayLists(
    ToolCatalog catalog, McpServers servers, ToolVisibility visibility, IOptionsMonitor<BridgeOptions> options, ILogger<GatewayLists> logger)
{
    private const int MaxKept = 1024;
    private const int MaxViews = 64;

    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(10);

    private readonly ConditionalWeakTable<CatalogSnapshot, ConcurrentDictionary<(GatewayView View, object Rules), ToolDirectory>> _tools = [];
    private readonly ConcurrentDictionary<(string Identity, GatewayView View), Kept<PromptDirectory>> _prompts = new();
    private readonly ConcurrentDictionary<(string Identity, GatewayView View), Kept<ResourceDirectory>> _resources = new();

    private int PageSize => options.CurrentValue.Gateway.PageSize;

    /// <summary>What clients see may be something else now; raised on any thread.</summary>
    public event Action? Changed
    {
        add
        {
            catalog.Changed += value;
            visibility.Changed += value;
        }

        remove
        {
            catalog.Changed -= value;
            visibility.Changed -= value;
        }
    }

    /// <summary>The tools; those of servers that are slow follow later.</summary>
    public ValueTask<ToolDirectory> ToolsAsync(ClientIdentity identity, GatewayView view, CancellationToken cancellationToken) =>
        ToolsAsync(identity, view, options.CurrentValue.Gateway.ListTimeout, cancellationToken);

    /// <summary>Finds a tool by the name it has for a client, waiting for servers that are slow when it is not one of the others'.</summary>
    public async ValueTask<CatalogEntry?> FindToolAsync(ClientIdentity identity, GatewayView view, string name, CancellationToken cancellationToken)
    {
        // A call does not wait until a list is renewed.
        if (catalog.Kept(identity) is { } kept && Directory(kept, identity, view).Find(name) is { } known)
        {
            return known;
        }

        ToolDirectory tools = await ToolsAsync(identity, view, cancellationToken).ConfigureAwait(false);
        CatalogEntry? found = tools.Find(name);
        if (found is null && !tools.IsComplete)
        {
            found = (await ToolsAsync(identity, view, options.CurrentValue.StartTimeout, cancellationToken).ConfigureAwait(false)).Find(name);
        }

        return found is null && await ConnectAsync(identity, view, name, cancellationToken).ConfigureAwait(false)
            ? (await ToolsAsync(identity, view, options.CurrentValue.StartTimeout, cancellationToken).ConfigureAwait(false)).Find(name)
            : found;
    }

    /// <summary>Why a client may not find a tool: the server that its name begins with is not ready for it.</summary>
    /// <param name="identity">The client.</param>
    /// <param name="view">What it sees.</param>
    /// <param name="name">The name.</param>
    /// <returns>A sentence behind a space; empty when there is nothing to say.</returns>
    public string Explain(ClientIdentity identity, GatewayView view, string name)
    {
        McpToolSource? server = ServerOf(view, name);
        return server?.StatusOf(identity) is { State: SourceState.Failed or SourceState.Connecting, Detail: { } why } ? $" The server '{server.Id}' is not ready: {why}" : "";
    }

    private McpToolSource? ServerOf(GatewayView view, string name) =>
        servers.Servers.FirstOrDefault(known => view.Shows(known.Id) && (view.Server == known.Id || name.StartsWith($"{known.Id}__", StringComparison.Ordinal)));

    // A server that failed for a client before it listed anything is tried again when the client calls it: it may have got its credential since.
    private async Task<bool> ConnectAsync(ClientIdentity identity, GatewayView view, string name, CancellationToken cancellationToken)
    {
        if (ServerOf(view, name) is not { } server || server.StatusOf(identity) is not { State: SourceState.Failed or SourceState.Connecting, Detail: not null })
        {
            return false;
        }

        try
        {
            await server.AcquireAsync(identity, cancellationToken).ConfigureAwait(false);
            return true;
        }
        catch (ToolSourceException)
        {
            return false; // the answer says why
        }
    }

    private async ValueTask<ToolDirectory> ToolsAsync(ClientIdentity identity, GatewayView view, TimeSpan patience, CancellationToken cancellationToken)
    {
        CatalogSnapshot snapshot = await catalog.GetAsync(CallContext.Local with { Identity = identity }, patience, cancellationToken).ConfigureAwait(false);
        return Directory(snapshot, identity, view);
    }

    private ToolDirectory Directory(CatalogSnapshot snapshot, ClientIdentity identity, GatewayView view)
    {
        ConcurrentDictionary<(GatewayView View, object Rules), ToolDirectory> kept = _tools.GetValue(snapshot, static _ => new());
        if (kept.Count >= MaxViews)
        {
            kept.Clear(); // clients name views as they like
        }

        return kept.GetOrAdd(
            (view, visibility.Version), key => ToolDirectory.Build(snapshot, key.View, PageSize, tool => visibility.Shows(tool, identity, view.Mode == GatewayMode.Router)));
    }

    /// <summary>The prompts.</summary>
    public async Task<PromptDirectory> PromptsAsync(ClientIdentity identity, GatewayView view, CancellationToken cancellationToken)
    {
        ImmutableArray<SourceFeatures> lists = await ListAsync(
            identity, view, (session, limit) => session.Features.PromptsAsync(limit), cancellationToken).ConfigureAwait(false);
        return Keep(_prompts, (identity.Id, view), lists, () => PromptDirectory.Build(lists, view, PageSize));
    }

    /// <summary>The resources and their templates.</summary>
    public async Task<ResourceDirectory> ResourcesAsync(ClientIdentity identity, GatewayView view, CancellationToken cancellationToken)
    {
        Task<ImmutableArray<SourceFeatures>> resources = ListAsync(
            identity, view, (session, limit) => session.Features.ResourcesAsync(limit), cancellationToken);
        ImmutableArray<SourceFeatures> templates = await ListAsync(
            identity, view, (session, limit) => session.Features.TemplatesAsync(limit), cancellationToken).ConfigureAwait(false);
        ImmutableArray<SourceFeatures> listed = await resources.ConfigureAwait(false);
        return Keep(_resources, (identity.Id, view), listed.AddRange(templates), () => ResourceDirectory.Build(listed, templates, PageSize));
    }

    /// <summary>The live sessions that an identity has with the servers of a view, in configured order.</summary>
    public async Task<ImmutableArray<(McpToolSource Source, UpstreamSession Session)>> SessionsAsync(
        ClientIdentity identity, GatewayView view, CancellationToken cancellationToken)
    {
        await servers.StartAsync(cancellationToken).ConfigureAwait(false);
        McpToolSource[] shown = [.. servers.Servers.Where(server => view.Shows(server.Id))];
        UpstreamSession?[] sessions = await Task.WhenAll(shown.Select(server => FindAsync(server, identity, cancellationToken))).ConfigureAwait(false);
        return [.. shown.Zip(sessions).Where(pair => pair.Second is not null).Select(pair => (pair.First, pair.Second!))];
    }

    // A server that takes long to start is told of when it is there; nobody waits for it.
    private async Task<UpstreamSession?> FindAsync(McpToolSource server, ClientIdentity identity, CancellationToken cancellationToken)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(options.CurrentValue.Gateway.ListTimeout);
        try
        {
            return await server.FindAsync(identity, limit.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return null;
        }
    }

    private static T Keep<T>(
        ConcurrentDictionary<(string Identity, GatewayView View), Kept<T>> kept, (string Identity, GatewayView View) key, ImmutableArray<SourceFeatures> lists, Func<T> build)
    {
        if (kept.TryGetValue(key, out Kept<T>? before) && before.Lists.Length == lists.Length && before.Lists.Zip(lists).All(pair => pair.First.IsSame(pair.Second)))
        {
            return before.Directory;
        }

        if (kept.Count >= MaxKept)
        {
            kept.Clear();
        }

        return (kept[key] = new Kept<T>(lists, build())).Directory;
    }

    private async Task<ImmutableArray<SourceFeatures>> ListAsync(
        ClientIdentity identity,
        GatewayView view,
        Func<UpstreamSession, CancellationToken, Task<UpstreamList>> list,
        CancellationToken cancellationToken)
    {
        ImmutableArray<(McpToolSource Source, UpstreamSession Session)> sessions = await SessionsAsync(identity, view, cancellationToken).ConfigureAwait(false);
        return [.. await Task.WhenAll(sessions.Select(pair => ListAsync(pair.Source, pair.Session, list, cancellationToken))).ConfigureAwait(false)];
    }

    private async Task<SourceFeatures> ListAsync(
        McpToolSource source,
        UpstreamSession session,
        Func<UpstreamSession, CancellationToken, Task<UpstreamList>> list,
        CancellationToken cancellationToken)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(s_patience);
        try
        {
            UpstreamList listed = await list(session, limit.Token).ConfigureAwait(false);
            return new SourceFeatures(source, listed.Entries, listed.Freshness);
        }
        catch (Exception error) when (!cancellationToken.IsCancellationRequested)
        {
            ListingLog.NotListed(logger, source.Id, error.Message);
            return new SourceFeatures(source, []);
        }
    }

    private sealed record Kept<T>(ImmutableArray<SourceFeatures> Lists, T Directory);
}
