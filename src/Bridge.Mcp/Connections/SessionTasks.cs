using System.Text.Json.Nodes;
using Bridge.Mcp.Messages;
using Bridge.Tools;
using ModelContextProtocol.Protocol;
using Tool = Bridge.Tools.Tool;

namespace Bridge.Mcp.Connections;

/// <summary>Tasks of 2025-11-25: asked for with the call, looked after until they end, their result asked for at the end, or as soon as the server has a question.</summary>
/// <param name="server">The server's id.</param>
/// <param name="offered">Whether the server takes calls as tasks.</param>
/// <param name="sender">The way to it.</param>
/// <param name="calls">Finds the call behind what the server says of a task.</param>
/// <param name="time">The clock.</param>
internal sealed class SessionTasks(string server, bool offered, RequestSender sender, ActiveCalls calls, TimeProvider time)
{
    private static readonly Task s_never = new TaskCompletionSource().Task;

    /// <summary>Whether the server takes calls as tasks.</summary>
    public bool Offered => offered;

    /// <summary>Asks for a task where the tool runs in no other way, or the caller would rather follow it than wait.</summary>
    /// <param name="parameters">The parameters of the call.</param>
    /// <param name="tool">The tool.</param>
    /// <param name="follower">Who follows the task; <see langword="null"/> for a caller that waits.</param>
    public void Ask(JsonObject parameters, Tool tool, ITaskFollower? follower)
    {
        string? support = TaskSupport.Of(tool);
        if (offered && (support == TaskWords.Required || (support == TaskWords.Optional && follower is not null)))
        {
            parameters["task"] = follower is null ? [] : new JsonObject { ["ttl"] = (long)follower.Limit.TotalMilliseconds };
        }
    }

    /// <summary>Waits for what a task comes to.</summary>
    /// <param name="call">The call that began it.</param>
    /// <param name="created">What the server said of it.</param>
    /// <param name="context">On whose behalf.</param>
    /// <param name="cancellationToken">Cancels the task.</param>
    /// <returns>What the call would have answered.</returns>
    public async Task<JsonRpcMessage> FollowAsync(RequestId call, JsonObject created, CallContext context, CancellationToken cancellationToken)
    {
        if (TaskWords.Text(created, "taskId") is not { Length: > 0 } id)
        {
            return Rpc.Error(call, RpcCodes.InternalError, $"The server '{server}' took the call as a task and gave no id for it.");
        }

        var task = new UpstreamTask(id, context.Task, time);
        var requests = new TaskRequests(server, sender, call, task, time);
        task.Begin(created);
        calls.Bind(call.ToString(), task);
        return await requests.FollowAsync(() => WaitAsync(task, requests, cancellationToken), cancellationToken).ConfigureAwait(false);
    }

    private static async Task<JsonRpcMessage> WaitAsync(UpstreamTask task, TaskRequests requests, CancellationToken cancellationToken)
    {
        Task<JsonRpcMessage>? result = null;
        while (true)
        {
            // Questions come on the stream of the request for the result.
            result ??= task.IsOver || task.Status == TaskWords.InputRequired ? requests.SendAsync(McpMethods.TasksResult, null, cancellationToken) : null;
            if (result is not null && (task.IsOver || result.IsCompleted))
            {
                JsonRpcMessage answer = await result.ConfigureAwait(false);
                TaskWords.Unrelate((answer as JsonRpcResponse)?.Result);
                return answer;
            }

            await task.PauseAsync(result ?? s_never, cancellationToken).ConfigureAwait(false);
            if (result?.IsCompleted != true && !task.IsOver)
            {
                await requests.LookAsync(cancellationToken).ConfigureAwait(false);
            }
        }
    }
}
