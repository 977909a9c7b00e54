using System.Text.Json.Nodes;
using Bridge.Mcp.Gateway;
using Bridge.Mcp.Listing;
using Bridge.Mcp.Messages;
using ModelContextProtocol.Protocol;

namespace Bridge.Mcp.Methods;

/// <summary><c>initialize</c>: the client says who it is and learns what there is.</summary>
/// <param name="lists">The servers behind.</param>
internal sealed class InitializeMethod(GatewayLists lists) : IGatewayMethod
{
    /// <inheritdoc/>
    public string Name => McpMethods.Initialize;

    /// <inheritdoc/>
    public async Task<JsonRpcMessage> RunAsync(GatewayRequest request, CancellationToken cancellationToken)
    {
        if (request.Session.Profile is not null)
        {
            throw new RpcException(RpcCodes.InvalidRequest, "The session is initialized already.");
        }

        string revision = ProtocolRevisions.Negotiate(request.Require("protocolVersion"));
        JsonObject result = new()
        {
            ["protocolVersion"] = revision,
            ["capabilities"] = null,
            ["serverInfo"] = ProtocolRevisions.Server.DeepClone(),
        };

        await GatewayOffer.AddAsync(result, lists, request.Session, revision, cancellationToken).ConfigureAwait(false);
        request.Session.Profile = new ClientProfile(revision, request.Message.Member("capabilities") ?? default);
        return request.Result(result);
    }
}
