using System.Collections.Concurrent;
using System.Globalization;
using System.Text.Json.Nodes;
using Bridge.Mcp.Messages;
using ModelContextProtocol.Protocol;

namespace Bridge.Mcp.Connections;

/// <summary>Hears what changes at a server without sessions: its lists on one stream, the resources that somebody waits for on another. Thread-safe.</summary>
/// <param name="sender">The way to the server.</param>
/// <param name="offered">What the server can tell of.</param>
/// <param name="notice">Told of every change. Never waits.</param>
/// <param name="time">The clock.</param>
internal sealed class ChangeListener(RequestSender sender, ServerCapabilities offered, Action<JsonRpcNotification> notice, TimeProvider time) : IAsyncDisposable
{
    private const string Resources = "resourceSubscriptions";

    // A server that does not acknowledge holds nobody up.
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(2);

    private static readonly (string Member, string Method)[] s_lists =
    [
        ("toolsListChanged", McpMethods.ToolsChanged), ("promptsListChanged", McpMethods.PromptsChanged), ("resourcesListChanged", McpMethods.ResourcesChanged),
    ];

    private readonly ConcurrentDictionary<string, TaskCompletionSource<JsonObject>> _opening = new(StringComparer.Ordinal);
    private readonly SemaphoreSlim _changing = new(1, 1);
    private readonly HashSet<string> _uris = new(StringComparer.Ordinal);
    private ChangeStream? _lists;
    private ChangeStream? _resources;
    private long _last;
    private bool _disposed;

    /// <summary>Begins to hear of changed lists.</summary>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>When changes from now on are heard, or the server tells of none.</returns>
    public async Task BeginAsync(CancellationToken cancellationToken)
    {
        var wanted = new JsonObject();
        Want(wanted, 0, offered.Tools?.ListChanged);
        Want(wanted, 1, offered.Prompts?.ListChanged);
        Want(wanted, 2, offered.Resources?.ListChanged);
        if (wanted.Count > 0)
        {
            _lists = Open(wanted);
            await GrantAsync(_lists, cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>Sees a notification first: acknowledgements are taken, and what says to which stream a change belongs is removed.</summary>
    /// <param name="notification">The notification.</param>
    /// <returns>Whether it goes no further.</returns>
    public bool Take(JsonRpcNotification notification)
    {
        if (notification.Params is not JsonObject parameters || parameters["_meta"] is not JsonObject meta || meta[MetaKeys.SubscriptionId] is not { } stream)
        {
            return notification.Method == McpMethods.Acknowledged;
        }

        if (notification.Method == McpMethods.Acknowledged)
        {
            if (_opening.TryRemove(stream.ToString(), out TaskCompletionSource<JsonObject>? opening))
            {
                opening.TrySetResult(parameters["notifications"]?.DeepClone() as JsonObject ?? []);
            }

            return true;
        }

        meta.Remove(MetaKeys.SubscriptionId);
        if (meta.Count == 0)
        {
            parameters.Remove("_meta");
        }

        return false;
    }

    /// <summary>Waits for changes of a resource.</summary>
    /// <param name="request"><c>resources/subscribe</c>, as a server with sessions would get it.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>The answer such a server would give.</returns>
    public async Task<JsonRpcMessage> SubscribeAsync(JsonRpcRequest request, CancellationToken cancellationToken)
    {
        string uri = Uri(request);
        await _changing.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            if (_disposed || (!_uris.Contains(uri) && !await ReplaceAsync([.. _uris, uri], uri, cancellationToken).ConfigureAwait(false)))
            {
                return Rpc.Error(request.Id, RpcCodes.InvalidRequest, $"The server does not tell of changes of '{uri}'.");
            }

            _uris.Add(uri);
            return Rpc.Result(request.Id, new JsonObject());
        }
        finally
        {
            _changing.Release();
        }
    }

    /// <summary>Waits no longer for changes of a resource.</summary>
    /// <param name="request"><c>resources/unsubscribe</c>, as a server with sessions would get it.</param>
    /// <returns>The answer such a server would give.</returns>
    public async Task<JsonRpcMessage> UnsubscribeAsync(JsonRpcRequest request)
    {
        string uri = Uri(request);
        await _changing.WaitAsync().ConfigureAwait(false);
        try
        {
            if (!_disposed && _uris.Remove(uri))
            {
                await ReplaceAsync([.. _uris], null, CancellationToken.None).ConfigureAwait(false);
            }

            return Rpc.Result(request.Id, new JsonObject());
        }
        finally
        {
            _changing.Release();
        }
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await _changing.WaitAsync().ConfigureAwait(false);
        _disposed = true;
        _changing.Release();
        foreach (ChangeStream? stream in (ChangeStream?[])[_lists, _resources])
        {
            if (stream is not null)
            {
                await stream.DisposeAsync().ConfigureAwait(false);
            }
        }
    }

    private static string Uri(JsonRpcRequest request) => request.Params?["uri"] is JsonValue value && value.TryGetValue(out string? uri) ? uri : "";

    private static void Want(JsonObject wanted, int list, bool? told)
    {
        if (told == true)
        {
            wanted[s_lists[list].Member] = true;
        }
    }

    // The new stream is open before the old one ends: nothing is missed between them.
    private async Task<bool> ReplaceAsync(string[] uris, string? added, CancellationToken cancellationToken)
    {
        ChangeStream? next = uris.Length == 0 ? null : Open(new JsonObject { [Resources] = new JsonArray([.. uris.Select(uri => (JsonNode)uri)]) });
        try
        {
            JsonObject? granted = next is null ? null : await GrantAsync(next, cancellationToken).ConfigureAwait(false);
            if (added is not null && (granted?[Resources] as JsonArray)?.Any(uri => uri?.ToString() == added) != true)
            {
                return false;
            }

            (next, _resources) = (_resources, next);
            return true;
        }
        finally
        {
            if (next is not null)
            {
                await next.DisposeAsync().ConfigureAwait(false);
            }
        }
    }

    private ChangeStream Open(JsonObject wanted) => new(sender, Register, wanted, Missed, time);

    private async Task<JsonObject?> GrantAsync(ChangeStream stream, CancellationToken cancellationToken)
    {
        try
        {
            return await stream.Granted.WaitAsync(s_patience, time, cancellationToken).ConfigureAwait(false);
        }
        catch (TimeoutException)
        {
            // What it tells later is heard all the same; what changed until then may not be.
            _ = stream.Granted.ContinueWith(late => Missed(late.Result ?? []), CancellationToken.None, TaskContinuationOptions.OnlyOnRanToCompletion, TaskScheduler.Default);
            return null;
        }
    }

    private (string Id, Task<JsonObject> Acknowledged) Register()
    {
        string id = string.Create(CultureInfo.InvariantCulture, $"s{Interlocked.Increment(ref _last)}");
        return (id, (_opening[id] = new TaskCompletionSource<JsonObject>(TaskCreationOptions.RunContinuationsAsynchronously)).Task);
    }

    private void Missed(JsonObject granted)
    {
        foreach ((string member, string method) in s_lists)
        {
            if (granted.ContainsKey(member))
            {
                notice(Rpc.Notification(method));
            }
        }

        foreach (JsonNode? uri in granted[Resources] as JsonArray ?? [])
        {
            notice(Rpc.Notification(McpMethods.ResourceUpdated, new JsonObject { ["uri"] = uri?.DeepClone() }));
        }
    }
}
