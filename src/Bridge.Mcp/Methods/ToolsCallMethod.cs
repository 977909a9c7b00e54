using System.Collections.Frozen;
using Bridge.Configuration;
using Bridge.Mcp.Gateway;
using Bridge.Mcp.Listing;
using Bridge.Mcp.Messages;
using Bridge.Mcp.Modes;
using ModelContextProtocol.Protocol;

namespace Bridge.Mcp.Methods;

/// <summary><c>tools/call</c>: as the client comes to tools.</summary>
/// <param name="lists">What clients see.</param>
/// <param name="faces">The modes.</param>
internal sealed class ToolsCallMethod(GatewayLists lists, IEnumerable<IToolFace> faces) : IGatewayMethod
{
    private readonly FrozenDictionary<GatewayMode, IToolFace> _faces = faces.ToFrozenDictionary(face => face.Mode);

    /// <inheritdoc/>
    public string Name => McpMethods.ToolsCall;

    /// <inheritdoc/>
    public async Task<JsonRpcMessage> RunAsync(GatewayRequest request, CancellationToken cancellationToken)
    {
        string name = request.Require("name");
        ToolDirectory tools = await lists.ToolsAsync(request.Session.Identity, request.Session.View, cancellationToken).ConfigureAwait(false);
        return await _faces[request.Session.View.Mode ?? GatewayMode.All].CallAsync(request, name, tools, cancellationToken).ConfigureAwait(false);
    }
}
