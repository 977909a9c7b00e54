using System.Text.Json;
using Bridge.Catalog;
using Bridge.Configuration;
using Bridge.Execution;
using Bridge.Mcp.Gateway;
using Bridge.Mcp.Listing;
using Bridge.Mcp.Messages;
using ModelContextProtocol.Protocol;

namespace Bridge.Mcp.Modes;

/// <summary>Every tool by its own name.</summary>
/// <param name="door">The door.</param>
internal sealed class AllFace(IToolExecutor door) : IToolFace
{
    /// <inheritdoc/>
    public GatewayMode Mode => GatewayMode.All;

    /// <inheritdoc/>
    public Task<JsonRpcMessage> CallAsync(GatewayRequest request, string name, ToolDirectory tools, CancellationToken cancellationToken)
    {
        CatalogEntry entry = tools.Find(name) ?? throw new RpcException(RpcCodes.InvalidParams, $"Unknown tool: '{name}'.");
        JsonElement? arguments = request.Message.Member("arguments");
        return door.AnswerAsync(request, entry, arguments, cancellationToken);
    }
}
