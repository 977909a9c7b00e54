using System.Text.Json.Nodes;
using Bridge.Mcp.Gateway;
using Bridge.Mcp.Messages;
using ModelContextProtocol.Protocol;

namespace Bridge.Mcp.Methods;

/// <summary><c>ping</c>: Bridge itself answers.</summary>
internal sealed class PingMethod : IGatewayMethod
{
    /// <inheritdoc/>
    public string Name => McpMethods.Ping;

    /// <inheritdoc/>
    public Task<JsonRpcMessage> RunAsync(GatewayRequest request, CancellationToken cancellationToken) =>
        Task.FromResult(request.Result(new JsonObject()));
}
