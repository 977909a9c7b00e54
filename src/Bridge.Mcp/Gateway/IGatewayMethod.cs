using ModelContextProtocol.Protocol;

namespace Bridge.Mcp.Gateway;

/// <summary>What the gateway does for one method of the protocol. Thread-safe.</summary>
internal interface IGatewayMethod
{
    /// <summary>The method, such as <c>tools/call</c>.</summary>
    string Name { get; }

    /// <summary>Does it.</summary>
    /// <param name="request">The request, and whose it is.</param>
    /// <param name="cancellationToken">The client cancelled, or is gone.</param>
    /// <returns>The answer.</returns>
    /// <exception cref="Messages.RpcException">The request cannot be answered; the client is told why.</exception>
    Task<JsonRpcMessage> RunAsync(GatewayRequest request, CancellationToken cancellationToken);
}
