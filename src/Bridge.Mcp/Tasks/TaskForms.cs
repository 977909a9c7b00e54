using System.Text.Json.Nodes;
using Bridge.Mcp.Messages;
using ModelContextProtocol.Protocol;

namespace Bridge.Mcp.Tasks;

/// <summary>2025-11-25: the state alone; the result, or the error, is asked for.</summary>
internal sealed class SessionTaskForm : TaskForm
{
    /// <inheritdoc/>
    public override JsonObject Created(GatewayTask task) => new() { ["task"] = State(task) };

    /// <inheritdoc/>
    public override JsonObject State(GatewayTask task) => Write(task, StatusOf(task), "ttl", "pollInterval");

    /// <inheritdoc/>
    public override JsonRpcNotification Notice(GatewayTask task) => Rpc.Notification(McpMethods.TaskStatus, State(task));

    /// <inheritdoc/>
    protected override bool IsFailure(JsonRpcMessage answer) =>
        answer is JsonRpcError || (answer is JsonRpcResponse { Result: JsonObject result } && result["isError"] is JsonValue value && value.TryGetValue(out bool failed) && failed);
}

/// <summary>2026-07-28: the state holds what is asked, and what came of it.</summary>
internal sealed class StatelessTaskForm : TaskForm
{
    /// <inheritdoc/>
    public override JsonObject Created(GatewayTask task)
    {
        // A task begins as a working one, however quick it was.
        JsonObject created = Write(task, TaskWords.Working);
        created["resultType"] = TaskWords.ResultType;
        return created;
    }

    /// <inheritdoc/>
    public override JsonObject State(GatewayTask task)
    {
        string status = StatusOf(task);
        JsonObject state = Write(task, status);
        switch (status)
        {
            case TaskWords.InputRequired:
                state["inputRequests"] = task.Questions.Write();
                break;
            case TaskWords.Completed:
                state["result"] = ((JsonRpcResponse)task.Answer!).Result?.DeepClone();
                break;
            case TaskWords.Failed:
                JsonRpcErrorDetail error = ((JsonRpcError)task.Answer!).Error;
                state["error"] = new JsonObject { ["code"] = error.Code, ["message"] = error.Message };
                break;
        }

        return state;
    }

    /// <inheritdoc/>
    public override JsonRpcNotification Notice(GatewayTask task) => Rpc.Notification(McpMethods.TaskChanged, State(task));

    /// <inheritdoc/>
    protected override bool IsFailure(JsonRpcMessage answer) => answer is JsonRpcError;

    private static JsonObject Write(GatewayTask task, string status) => Write(task, status, "ttlMs", "pollIntervalMs");
}
