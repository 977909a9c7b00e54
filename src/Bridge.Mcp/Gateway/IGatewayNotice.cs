using Bridge.Mcp.Messages;

namespace Bridge.Mcp.Gateway;

/// <summary>What the gateway does when a client says something. Thread-safe.</summary>
internal interface IGatewayNotice
{
    /// <summary>The notification, such as <c>notifications/roots/list_changed</c>.</summary>
    string Name { get; }

    /// <summary>Hears it.</summary>
    /// <param name="session">Whose it is.</param>
    /// <param name="message">The notification.</param>
    /// <param name="cancellationToken">The session ended.</param>
    /// <returns>When it was heard.</returns>
    Task HearAsync(GatewaySession session, RpcMessage message, CancellationToken cancellationToken);
}
