using System.Text.Json.Nodes;
using Bridge.Mcp.Gateway;
using Bridge.Mcp.Listing;
using Bridge.Mcp.Messages;
using ModelContextProtocol.Protocol;

namespace Bridge.Mcp.Methods;

/// <summary><c>server/discover</c>: what there is, for clients without sessions.</summary>
/// <param name="lists">The servers behind.</param>
internal sealed class DiscoverMethod(GatewayLists lists) : IGatewayMethod
{
    /// <inheritdoc/>
    public string Name => McpMethods.Discover;

    /// <inheritdoc/>
    public async Task<JsonRpcMessage> RunAsync(GatewayRequest request, CancellationToken cancellationToken)
    {
        var result = new JsonObject { ["supportedVersions"] = new JsonArray(ProtocolRevisions.Stateless) };
        await GatewayOffer.AddAsync(result, lists, request.Session, ProtocolRevisions.Stateless, cancellationToken).ConfigureAwait(false);
        return request.Result(result);
    }
}
