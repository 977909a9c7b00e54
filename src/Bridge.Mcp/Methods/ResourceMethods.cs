using System.Text.Json.Nodes;
using Bridge.Mcp.Gateway;
using Bridge.Mcp.Listing;
using Bridge.Mcp.Messages;
using ModelContextProtocol.Protocol;

namespace Bridge.Mcp.Methods;

/// <summary><c>resources/subscribe</c>: lets the client wait for changes.</summary>
/// <param name="lists">What clients see.</param>
/// <param name="subscriptions">Who waits for what.</param>
internal sealed class SubscribeMethod(GatewayLists lists, Subscriptions subscriptions) : ResourceMethod(McpMethods.Subscribe, lists)
{
    /// <inheritdoc/>
    protected override async Task<JsonRpcMessage> RunAsync(GatewayRequest request, string uri, Located where, CancellationToken cancellationToken) =>
        await subscriptions.AddAsync(request.Session, uri, where, () => SendAsync(request, where, cancellationToken)).ConfigureAwait(false)
        ?? request.Result(new JsonObject());
}

/// <summary><c>resources/unsubscribe</c>: lets the client wait no longer.</summary>
/// <param name="lists">What clients see.</param>
/// <param name="subscriptions">Who waits for what.</param>
internal sealed class UnsubscribeMethod(GatewayLists lists, Subscriptions subscriptions) : ResourceMethod(McpMethods.Unsubscribe, lists)
{
    /// <inheritdoc/>
    protected override async Task<JsonRpcMessage> RunAsync(GatewayRequest request, string uri, Located where, CancellationToken cancellationToken)
    {
        await subscriptions.RemoveAsync(request.Session, where, () => SendAsync(request, where, cancellationToken)).ConfigureAwait(false);
        return request.Result(new JsonObject());
    }
}
