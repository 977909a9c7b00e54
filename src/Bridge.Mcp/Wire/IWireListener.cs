using ModelContextProtocol.Protocol;

namespace Bridge.Mcp.Wire;

/// <summary>Sees what a server sends before the SDK's client does, one message after the other. Never waits.</summary>
internal interface IWireListener
{
    /// <summary>A notification came.</summary>
    /// <param name="notification">The notification.</param>
    /// <returns>Whether it was taken; the SDK's client does not see it then.</returns>
    bool Take(JsonRpcNotification notification);

    /// <summary>A request came.</summary>
    /// <param name="request">The request.</param>
    /// <param name="wire">Where the answer goes.</param>
    /// <returns>Whether it was taken; the SDK's client does not see it then.</returns>
    bool Take(JsonRpcRequest request, WireTap wire);
}
