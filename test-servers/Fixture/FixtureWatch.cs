using System.Collections.Concurrent;
using System.Text.Json.Nodes;
using ModelContextProtocol.Protocol;
using ModelContextProtocol.Server;

namespace TestServers.Fixture;

/// <summary>Which resources are watched: by a subscription of the session, or, in 2026-07-28, on which streams.</summary>
internal sealed class FixtureWatch
{
    private readonly ConcurrentDictionary<string, bool> _subscribed = new();
    private readonly ConcurrentDictionary<string, string[]> _streams = new();

    public ValueTask<EmptyResult> Set(string uri, bool on)
    {
        _subscribed[uri] = on;
        return ValueTask.FromResult(new EmptyResult());
    }

    /// <summary>Sees which streams are opened and closed.</summary>
    public void AddTo(McpServerOptions options) => options.Filters.Message.IncomingFilters.Add(next => (context, stop) =>
    {
        if (context.JsonRpcMessage is JsonRpcRequest { Method: "subscriptions/listen" } opened)
        {
            _streams[opened.Id.ToString()] = [.. (opened.Params?["notifications"]?["resourceSubscriptions"] as JsonArray ?? []).Select(uri => uri!.GetValue<string>())];
        }
        else if (context.JsonRpcMessage is JsonRpcNotification { Method: "notifications/cancelled" } closed)
        {
            _streams.TryRemove(closed.Params?["requestId"]?.ToString() ?? "", out _);
        }

        return next(context, stop);
    });

    /// <summary>Tells whoever watches that a resource changed.</summary>
    public async Task<string> TouchAsync(McpServer server, string uri, CancellationToken cancellationToken)
    {
        JsonObject[] told =
        [
            .. _subscribed.GetValueOrDefault(uri) ? [new JsonObject { ["uri"] = uri, ["x-extra"] = 1 }] : (JsonObject[])[],
            .. _streams.Where(stream => stream.Value.Contains(uri)).Select(stream => new JsonObject
            {
                ["uri"] = uri, ["x-extra"] = 1, ["_meta"] = new JsonObject { ["io.modelcontextprotocol/subscriptionId"] = stream.Key },
            }),
        ];
        foreach (JsonObject parameters in told)
        {
            await server.SendMessageAsync(new JsonRpcNotification { Method = NotificationMethods.ResourceUpdatedNotification, Params = parameters }, cancellationToken);
        }

        return told.Length == 0 ? "nobody watches" : "told";
    }
}
