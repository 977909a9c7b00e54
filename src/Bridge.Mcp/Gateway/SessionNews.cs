using System.Collections.Concurrent;
using System.Text.Json.Nodes;
using Bridge.Mcp.Connections;
using Bridge.Mcp.Listing;
using Bridge.Mcp.Messages;
using Bridge.Mcp.Sources;
using Bridge.Tools;
using Microsoft.Extensions.Logging;
using ModelContextProtocol.Protocol;

namespace Bridge.Mcp.Gateway;

/// <summary>Tells clients what changed behind them: lists, resources they wait for, what servers log.</summary>
/// <param name="servers">The servers.</param>
/// <param name="lists">What clients see.</param>
/// <param name="subscriptions">Who waits for which resource.</param>
/// <param name="time">The clock.</param>
/// <param name="logger">Where faults are told.</param>
internal sealed class SessionNews(
    McpServers servers, GatewayLists lists, Subscriptions subscriptions, TimeProvider time, ILogger<SessionNews> logger)
{
    // Servers that start or fall together are one change for clients.
    private static readonly TimeSpan s_gather = TimeSpan.FromMilliseconds(50);

    private readonly ConcurrentDictionary<(string Source, string Connection), WeakReference<UpstreamSession>> _subscribedAt = new();
    private ConcurrentDictionary<string, GatewaySession> _sessions = new(StringComparer.Ordinal);
    private int _watching;

    /// <summary>Begins to listen.</summary>
    /// <param name="sessions">The clients, at every moment.</param>
    public void Begin(ConcurrentDictionary<string, GatewaySession> sessions)
    {
        _sessions = sessions;
        lists.Changed += Watch;
        servers.Heard += Hear;
    }

    /// <summary>Forgets a client that is gone.</summary>
    /// <param name="session">The client.</param>
    public void Forget(GatewaySession session) => subscriptions.Forget(session);

    private void Hear(McpToolSource source, string connection, JsonRpcNotification notification)
    {
        switch (notification.Method)
        {
            case McpMethods.ToolsChanged:
            case McpMethods.Progress:
            case McpMethods.Cancelled:
                break; // the catalog says when its tools are listed anew
            case McpMethods.ResourceUpdated:
                subscriptions.Tell(source.Id, connection, notification);
                break;
            default:
                Tell(source, connection, notification);
                break;
        }
    }

    private void Tell(McpToolSource source, string connection, JsonRpcNotification notification)
    {
        foreach (GatewaySession session in _sessions.Values)
        {
            bool concerned = session.Profile is not null && session.View.Shows(source.Id) && source.ConnectionOf(session.Identity) == connection
                && (notification.Method != McpMethods.LogMessage || session.WantsLog(notification, byDefault: false));
            if (concerned)
            {
                session.Unsolicited.TryPost(notification);
            }
        }
    }

    private void Watch()
    {
        if (!_sessions.IsEmpty && Interlocked.Exchange(ref _watching, 1) == 0)
        {
            _ = Task.Run(CompareAsync);
        }
    }

    private async Task CompareAsync()
    {
        await Task.Delay(s_gather, time).ConfigureAwait(false);
        Interlocked.Exchange(ref _watching, 0);
        foreach (GatewaySession session in _sessions.Values)
        {
            try
            {
                await CompareAsync(session).ConfigureAwait(false);
                await SubscribeAgainAsync(session).ConfigureAwait(false);
            }
#pragma warning disable CA1031 // One client's lists must not keep the news from the others.
            catch (Exception error) when (!session.Ended.IsCancellationRequested)
#pragma warning restore CA1031
            {
                GatewayLog.WatchFailed(logger, error);
            }
            catch (OperationCanceledException)
            {
                // The client is gone.
            }
        }
    }

    private async Task CompareAsync(GatewaySession session)
    {
        if (session.SeenVersions.ContainsKey(McpMethods.ToolsList))
        {
            ToolDirectory tools = await lists.ToolsAsync(session.Identity, session.View, session.Ended).ConfigureAwait(false);
            Compare(session, McpMethods.ToolsList, tools.Pages, McpMethods.ToolsChanged);
        }

        if (session.SeenVersions.ContainsKey(McpMethods.PromptsList))
        {
            PromptDirectory prompts = await lists.PromptsAsync(session.Identity, session.View, session.Ended).ConfigureAwait(false);
            Compare(session, McpMethods.PromptsList, prompts.Pages, McpMethods.PromptsChanged);
        }

        if (session.SeenVersions.ContainsKey(McpMethods.ResourcesList))
        {
            ResourceDirectory resources = await lists.ResourcesAsync(session.Identity, session.View, session.Ended).ConfigureAwait(false);
            Compare(session, McpMethods.ResourcesList, resources.Resources, McpMethods.ResourcesChanged);
        }
    }

    private static void Compare(GatewaySession session, string list, ListPages now, string changed)
    {
        if (session.SeenVersions.TryGetValue(list, out string? seen) && seen != now.Version && session.SeenVersions.TryUpdate(list, now.Version, seen))
        {
            session.Unsolicited.TryPost(Rpc.Notification(changed));
        }
    }

    // A server that was connected again knows nothing of who waits.
    private async Task SubscribeAgainAsync(GatewaySession client)
    {
        foreach ((McpToolSource source, UpstreamSession session) in await lists.SessionsAsync(client.Identity, client.View, client.Ended).ConfigureAwait(false))
        {
            (string Id, string Connection) key = (source.Id, source.ConnectionOf(client.Identity));
            bool known = _subscribedAt.TryGetValue(key, out WeakReference<UpstreamSession>? before);
            if (known && before!.TryGetTarget(out UpstreamSession? last) && ReferenceEquals(last, session))
            {
                continue;
            }

            _subscribedAt[key] = new WeakReference<UpstreamSession>(session);
            foreach (string uri in known ? subscriptions.At(key.Id, key.Connection) : [])
            {
                await session.RequestAsync(McpMethods.Subscribe, new JsonObject { ["uri"] = uri }, CallContext.Local, client.Ended).ConfigureAwait(false);
            }
        }
    }
}
