using Bridge.Mcp.Connections;
using Bridge.Mcp.Gateway;
using Bridge.Mcp.Listing;
using Bridge.Mcp.Messages;
using Bridge.Mcp.Sources;

namespace Bridge.Mcp.Methods;

/// <summary><c>notifications/roots/list_changed</c>: servers may ask for the roots again.</summary>
/// <param name="lists">The servers behind.</param>
internal sealed class RootsChangedNotice(GatewayLists lists) : IGatewayNotice
{
    /// <inheritdoc/>
    public string Name => McpMethods.RootsChanged;

    /// <inheritdoc/>
    public async Task HearAsync(GatewaySession session, RpcMessage message, CancellationToken cancellationToken)
    {
        foreach ((McpToolSource _, UpstreamSession upstream) in
            await lists.SessionsAsync(session.Identity, session.View, cancellationToken).ConfigureAwait(false))
        {
            await upstream.NotifyAsync(Rpc.Notification(McpMethods.RootsChanged), cancellationToken).ConfigureAwait(false);
        }
    }
}
