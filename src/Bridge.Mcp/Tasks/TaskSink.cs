using System.Text.Json.Nodes;
using Bridge.Mcp.Gateway;
using Bridge.Mcp.Messages;
using ModelContextProtocol.Protocol;

namespace Bridge.Mcp.Tasks;

/// <summary>Where progress of a task goes: to its client's session, with the word that it belongs to the task. A client without sessions has no place for it.</summary>
/// <param name="session">The client.</param>
/// <param name="taskId">The task.</param>
internal sealed class TaskSink(GatewaySession session, string taskId) : IMessageSink
{
    /// <inheritdoc/>
    public bool TryPost(JsonRpcMessage message)
    {
        if (session.Profile?.IsStateless != false || message is not JsonRpcNotification notification)
        {
            return false;
        }

        JsonObject parameters = notification.Params?.DeepClone() as JsonObject ?? [];
        if (parameters["_meta"] is not JsonObject meta)
        {
            parameters["_meta"] = meta = [];
        }

        meta[TaskWords.RelatedTask] = TaskWords.Relate(taskId);
        return session.Unsolicited.TryPost(Rpc.Notification(notification.Method, parameters));
    }

    /// <inheritdoc/>
    public ValueTask SendAsync(JsonRpcMessage message, CancellationToken cancellationToken)
    {
        TryPost(message);
        return ValueTask.CompletedTask;
    }
}
