using Bridge.Configuration;
using Bridge.Mcp.Gateway;
using ModelContextProtocol.Protocol;

namespace Bridge.Mcp.Modes;

/// <summary>What <c>tools/call</c> means in one mode. Thread-safe.</summary>
internal interface IToolFace
{
    /// <summary>The mode.</summary>
    GatewayMode Mode { get; }

    /// <summary>Answers a call.</summary>
    /// <param name="request">The request.</param>
    /// <param name="name">The tool that it names.</param>
    /// <param name="cancellationToken">The client cancelled, or is gone.</param>
    /// <returns>The answer.</returns>
    /// <exception cref="Messages.RpcException">There is no such tool.</exception>
    Task<JsonRpcMessage> CallAsync(GatewayRequest request, string name, CancellationToken cancellationToken);
}
