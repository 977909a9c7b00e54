using Bridge.Catalog;
using Bridge.Configuration;
using Bridge.Mcp.Gateway;
using Bridge.Mcp.Listing;
using Bridge.Mcp.Messages;
using Bridge.Mcp.Mirroring;
using ModelContextProtocol.Protocol;

namespace Bridge.Mcp.Modes;

/// <summary>Every tool by its own name.</summary>
/// <param name="lists">What clients see.</param>
/// <param name="door">The door.</param>
internal sealed class AllFace(GatewayLists lists, GatewayDoor door) : IToolFace
{
    /// <inheritdoc/>
    public GatewayMode Mode => GatewayMode.All;

    /// <inheritdoc/>
    public async Task<JsonRpcMessage> CallAsync(GatewayRequest request, string name, CancellationToken cancellationToken)
    {
        CatalogEntry entry = await lists.FindToolAsync(request.Session.Identity, request.Session.View, name, cancellationToken).ConfigureAwait(false)
            ?? throw new RpcException(RpcCodes.InvalidParams, $"Unknown tool: '{name}'.{lists.Explain(request.Session.Identity, request.Session.View, name)}");
        request.Check(MirroredParameters.Of(entry.Tool));
        return await door.AnswerAsync(request, entry, request.Message.Member("arguments"), cancellationToken).ConfigureAwait(false);
    }
}
