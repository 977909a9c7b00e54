using Bridge.Tools;
using ModelContextProtocol.Protocol;

namespace Bridge.Mcp.Connections;

/// <summary>The revisions with sessions, up to 2025-11-25: messages pass as they are, in both directions, whenever they come.</summary>
/// <param name="sender">The way to the server.</param>
internal sealed class SessionRevision(RequestSender sender) : IUpstreamRevision
{
    /// <inheritdoc/>
    public Task BeginAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <inheritdoc/>
    public Task<JsonRpcMessage> RequestAsync(JsonRpcRequest request, CallContext context, CancellationToken cancellationToken) =>
        sender.SendAsync(request, cancellationToken);

    /// <inheritdoc/>
    public Task NotifyAsync(JsonRpcNotification notification, CancellationToken cancellationToken) => sender.NotifyAsync(notification, cancellationToken);

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => ValueTask.CompletedTask;
}
