using System.Text.Json.Nodes;
using Bridge.Mcp.Gateway;
using Bridge.Mcp.Listing;
using Bridge.Mcp.Messages;
using ModelContextProtocol.Protocol;

namespace Bridge.Mcp.Methods;

/// <summary>Something asked of one resource.</summary>
/// <param name="name">The method.</param>
/// <param name="lists">What clients see.</param>
internal abstract class ResourceMethod(string name, GatewayLists lists) : IGatewayMethod
{
    /// <inheritdoc/>
    public string Name => name;

    /// <inheritdoc/>
    public async Task<JsonRpcMessage> RunAsync(GatewayRequest request, CancellationToken cancellationToken)
    {
        string uri = request.Require("uri");
        if (TryOwn(request, uri) is { } own)
        {
            return own;
        }

        ResourceDirectory resources = await lists.ResourcesAsync(request.Session.Identity, request.Session.View, cancellationToken).ConfigureAwait(false);
        Located where = resources.Find(uri) ?? throw new RpcException(RpcCodes.ResourceNotFound, $"Resource not found: '{uri}'.", details: new JsonObject { ["uri"] = uri });
        return await RunAsync(request, uri, where, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Answers for what is no server's but Bridge's own.</summary>
    /// <returns>The answer; <see langword="null"/> when it is for a server.</returns>
    protected virtual JsonRpcMessage? TryOwn(GatewayRequest request, string uri) => null;

    /// <summary>Does it.</summary>
    protected abstract Task<JsonRpcMessage> RunAsync(GatewayRequest request, string uri, Located where, CancellationToken cancellationToken);

    /// <summary>Sends the request on, with the server's own name of the resource.</summary>
    protected static Task<JsonRpcMessage> SendAsync(GatewayRequest request, Located where, CancellationToken cancellationToken)
    {
        JsonObject parameters = request.Message.CopyParams();
        parameters["uri"] = where.Name;
        return request.SendAsync(where, parameters, cancellationToken);
    }
}
