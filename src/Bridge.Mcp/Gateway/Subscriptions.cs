using System.Collections.Concurrent;
using System.Text.Json.Nodes;
using Bridge.Mcp.Listing;
using Bridge.Mcp.Messages;
using ModelContextProtocol.Protocol;

namespace Bridge.Mcp.Gateway;

/// <summary>Which clients wait for changes of which resources; a server is asked once, however many wait. Thread-safe.</summary>
internal sealed class Subscriptions
{
    private readonly ConcurrentDictionary<Key, Group> _groups = new();

    /// <summary>Lets a client wait, and asks the server when nobody waited before.</summary>
    /// <param name="session">The client.</param>
    /// <param name="uri">What the client calls the resource.</param>
    /// <param name="where">Where it is.</param>
    /// <param name="ask">Asks the server; gives its answer.</param>
    /// <returns>The server's refusal; <see langword="null"/> when all is well.</returns>
    public async Task<JsonRpcError?> AddAsync(GatewaySession session, string uri, Located where, Func<Task<JsonRpcMessage>> ask)
    {
        var key = new Key(where.Source.Id, where.Source.ConnectionOf(session.Identity), where.Name);
        Group group = _groups.GetOrAdd(key, _ => new Group());
        bool first = group.Add(session, uri);
        if (!first || await ask().ConfigureAwait(false) is not JsonRpcError refused)
        {
            return null;
        }

        Remove(key, group, session);
        return refused;
    }

    /// <summary>Lets a client wait no longer, and tells the server when nobody else waits.</summary>
    /// <param name="session">The client.</param>
    /// <param name="where">Where the resource is.</param>
    /// <param name="tell">Tells the server.</param>
    /// <returns>When it is told.</returns>
    public async Task RemoveAsync(GatewaySession session, Located where, Func<Task> tell)
    {
        var key = new Key(where.Source.Id, where.Source.ConnectionOf(session.Identity), where.Name);
        if (_groups.TryGetValue(key, out Group? group) && Remove(key, group, session))
        {
            await tell().ConfigureAwait(false);
        }
    }

    /// <summary>Tells the waiting clients of a change. A server may name a part of what they wait for.</summary>
    /// <param name="source">The server's id.</param>
    /// <param name="connection">The id of the identity whose connection it came over.</param>
    /// <param name="notification">The notification.</param>
    public void Tell(string source, string connection, JsonRpcNotification notification)
    {
        if (notification.Params is not JsonObject parameters || parameters["uri"] is not JsonValue value || !value.TryGetValue(out string? changed))
        {
            return;
        }

        foreach ((Key key, Group group) in _groups)
        {
            if (key.Source == source && key.Connection == connection && (key.Uri == changed || changed.StartsWith(key.Uri, StringComparison.Ordinal)))
            {
                group.Tell(parameters, exact: key.Uri == changed);
            }
        }
    }

    /// <summary>What a client waits for at a server, by the server's name of it.</summary>
    /// <param name="source">The server's id.</param>
    /// <param name="connection">The id of the identity whose connection is used.</param>
    /// <returns>The URIs.</returns>
    public IEnumerable<string> At(string source, string connection) =>
        _groups.Keys.Where(key => key.Source == source && key.Connection == connection).Select(key => key.Uri);

    /// <summary>Forgets a client that is gone; the server is not told, because it may be asked again at once.</summary>
    /// <param name="session">The client.</param>
    public void Forget(GatewaySession session)
    {
        foreach ((Key key, Group group) in _groups)
        {
            Remove(key, group, session);
        }
    }

    private bool Remove(Key key, Group group, GatewaySession session) =>
        group.Remove(session) && _groups.TryRemove(new KeyValuePair<Key, Group>(key, group));

    private sealed record Key(string Source, string Connection, string Uri);

    private sealed class Group
    {
        private readonly Lock _gate = new();
        private readonly Dictionary<GatewaySession, string> _waiting = [];

        /// <returns>Whether it is the first.</returns>
        public bool Add(GatewaySession session, string uri)
        {
            lock (_gate)
            {
                _waiting[session] = uri;
                return _waiting.Count == 1;
            }
        }

        /// <returns>Whether nobody is left.</returns>
        public bool Remove(GatewaySession session)
        {
            lock (_gate)
            {
                return _waiting.Remove(session) && _waiting.Count == 0;
            }
        }

        public void Tell(JsonObject parameters, bool exact)
        {
            lock (_gate)
            {
                foreach ((GatewaySession session, string uri) in _waiting)
                {
                    JsonObject own = parameters.DeepClone().AsObject();
                    if (exact)
                    {
                        own["uri"] = uri;
                    }

                    session.Unsolicited.TryPost(Rpc.Notification(McpMethods.ResourceUpdated, own));
                }
            }
        }
    }
}
