using System.Text.Json.Nodes;
using Bridge.Tools;
using ModelContextProtocol.Protocol;
using Tool = Bridge.Tools.Tool;

namespace Bridge.Mcp.Connections;

/// <summary>The revisions with sessions, up to 2025-11-25: messages pass as they are, in both directions, whenever they come.</summary>
/// <param name="sender">The way to the server.</param>
/// <param name="tasks">Follows tasks.</param>
internal sealed class SessionRevision(RequestSender sender, SessionTasks tasks) : IUpstreamRevision
{
    /// <inheritdoc/>
    public bool OffersTasks => tasks.Offered;

    /// <inheritdoc/>
    public Task BeginAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <inheritdoc/>
    public Task<JsonRpcMessage> RequestAsync(JsonRpcRequest request, CallContext context, CancellationToken cancellationToken) =>
        sender.SendAsync(request, cancellationToken);

    /// <inheritdoc/>
    public async Task<JsonRpcMessage> CallAsync(JsonRpcRequest request, Tool tool, CallContext context, CancellationToken cancellationToken)
    {
        tasks.Ask((JsonObject)request.Params!, tool, context.Task);
        JsonRpcMessage answer = await sender.SendAsync(request, cancellationToken).ConfigureAwait(false);
        return answer is JsonRpcResponse { Result: JsonObject result } && result["task"] is JsonObject created && result["content"] is null
            ? await tasks.FollowAsync(request.Id, created, context, cancellationToken).ConfigureAwait(false)
            : answer;
    }

    /// <inheritdoc/>
    public Task NotifyAsync(JsonRpcNotification notification, CancellationToken cancellationToken) => sender.NotifyAsync(notification, cancellationToken);

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => ValueTask.CompletedTask;
}
