using System.Collections.Frozen;
using Bridge.Configuration;
using Bridge.Mcp.Gateway;
using Bridge.Mcp.Messages;
using Bridge.Mcp.Modes;
using ModelContextProtocol.Protocol;

namespace Bridge.Mcp.Methods;

/// <summary><c>tools/call</c>: as the client comes to tools.</summary>
/// <param name="faces">The modes.</param>
internal sealed class ToolsCallMethod(IEnumerable<IToolFace> faces) : IGatewayMethod
{
    private readonly FrozenDictionary<GatewayMode, IToolFace> _faces = faces.ToFrozenDictionary(face => face.Mode);

    /// <inheritdoc/>
    public string Name => McpMethods.ToolsCall;

    /// <inheritdoc/>
    public Task<JsonRpcMessage> RunAsync(GatewayRequest request, CancellationToken cancellationToken) =>
        _faces[request.Session.View.Mode ?? GatewayMode.All].CallAsync(request, request.Require("name"), cancellationToken);
}
