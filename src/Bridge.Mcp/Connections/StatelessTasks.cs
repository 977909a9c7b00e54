using System.Text.Json.Nodes;
using Bridge.Mcp.Messages;
using Bridge.Tools;
using ModelContextProtocol.Protocol;

namespace Bridge.Mcp.Connections;

/// <summary>Tasks of the extension of 2026-07-28: the server makes one where it likes, and says by the state of it what it asks and what came of it.</summary>
/// <param name="server">The server's id.</param>
/// <param name="offered">Whether the server has the extension.</param>
/// <param name="sender">The way to it.</param>
/// <param name="questions">Asks people.</param>
/// <param name="time">The clock.</param>
internal sealed class StatelessTasks(string server, bool offered, RequestSender sender, ServerQuestions questions, TimeProvider time)
{
    private const int MostQuestions = 64;

    /// <summary>Whether the server has the extension.</summary>
    public bool Offered => offered;

    /// <summary>Whether a server refuses a call because it would have to make a task of it.</summary>
    /// <param name="answer">Its answer.</param>
    /// <returns>Whether it does; it did nothing then.</returns>
    public static bool IsDemanded(JsonRpcMessage answer) =>
        answer is JsonRpcError { Error: { Code: RpcCodes.MissingCapability, Data: System.Text.Json.JsonElement { ValueKind: System.Text.Json.JsonValueKind.Object } data } }
        && data.TryGetProperty("requiredCapabilities", out System.Text.Json.JsonElement required) && required.ValueKind == System.Text.Json.JsonValueKind.Object
        && required.TryGetProperty("extensions", out System.Text.Json.JsonElement extensions) && extensions.ValueKind == System.Text.Json.JsonValueKind.Object
        && extensions.TryGetProperty(TaskWords.Extension, out _);

    /// <summary>Waits for what a task comes to.</summary>
    /// <param name="call">The call that began it.</param>
    /// <param name="created">What the server said of it.</param>
    /// <param name="context">On whose behalf.</param>
    /// <param name="stamp">Adds what every request of the revision says.</param>
    /// <param name="cancellationToken">Cancels the task.</param>
    /// <returns>What the call would have answered.</returns>
    public async Task<JsonRpcMessage> FollowAsync(
        RequestId call, JsonObject created, CallContext context, Action<JsonObject> stamp, CancellationToken cancellationToken)
    {
        if (TaskWords.Text(created, "taskId") is not { Length: > 0 } id)
        {
            return Rpc.Error(call, RpcCodes.InternalError, $"The server '{server}' took the call as a task and gave no id for it.");
        }

        var task = new UpstreamTask(id, context.Task, time);
        var requests = new TaskRequests(server, sender, call, task, time) { Stamp = stamp };
        task.Begin(created);
        return await requests.FollowAsync(() => WaitAsync(call, task, requests, created, context, cancellationToken), cancellationToken).ConfigureAwait(false);
    }

    private async Task<JsonRpcMessage> WaitAsync(
        RequestId call, UpstreamTask task, TaskRequests requests, JsonObject created, CallContext context, CancellationToken cancellationToken)
    {
        using var rest = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var asked = new Dictionary<string, Task<JsonRpcError?>>(StringComparer.Ordinal);
        try
        {
            for (JsonObject state = created; ; state = await requests.LookAsync(cancellationToken).ConfigureAwait(false))
            {
                string? status = TaskWords.Text(state, "status");
                if (status is TaskWords.Completed or TaskWords.Failed or TaskWords.Cancelled && state != created)
                {
                    return Finish(call, status, state, task.Message);
                }

                foreach ((string name, JsonNode? question) in status == TaskWords.InputRequired ? state["inputRequests"] as JsonObject ?? [] : [])
                {
                    if (!asked.ContainsKey(name) && asked.Count < MostQuestions)
                    {
                        asked[name] = AskAsync(requests, name, question as JsonObject, context, rest.Token);
                    }
                }

                foreach (Task<JsonRpcError?> answered in asked.Values.Where(asking => asking.IsCompleted))
                {
                    if (await answered.ConfigureAwait(false) is { } refused)
                    {
                        await requests.CancelAsync().ConfigureAwait(false);
                        return refused;
                    }
                }

                Task[] open = [.. asked.Values.Where(asking => !asking.IsCompleted)];
                await task.PauseAsync(open.Length == 0 ? Task.Delay(Timeout.Infinite, rest.Token) : Task.WhenAny(open), cancellationToken).ConfigureAwait(false);
            }
        }
        finally
        {
            await rest.CancelAsync().ConfigureAwait(false);
        }
    }

    private static JsonRpcMessage Finish(RequestId call, string status, JsonObject state, string message) => status switch
    {
        TaskWords.Completed when state["result"] is JsonObject result => new JsonRpcResponse { Id = call, Result = result.DeepClone() },
        TaskWords.Failed when state["error"] is JsonObject error => Rpc.Error(
            call,
            error["code"] is JsonValue code && code.TryGetValue(out int number) ? number : RpcCodes.InternalError,
            TaskWords.Text(error, "message") ?? message,
            error["data"]?.DeepClone()),
        _ => Rpc.Error(call, RpcCodes.InternalError, $"The server ended the task as '{status}' and said no more of it. {message}".TrimEnd()),
    };

    // Its answer goes to the server at once: others may still be thought about.
    private async Task<JsonRpcError?> AskAsync(TaskRequests requests, string name, JsonObject? question, CallContext context, CancellationToken cancellationToken)
    {
        JsonRpcMessage answer = await questions.AskAsync(name, question, context.Interaction, cancellationToken).ConfigureAwait(false);
        if (answer is JsonRpcError refused)
        {
            return refused;
        }

        var said = new JsonObject { [name] = ((JsonRpcResponse)answer).Result?.DeepClone() };
        return await requests.SendAsync(McpMethods.TasksUpdate, new JsonObject { ["inputResponses"] = said }, cancellationToken).ConfigureAwait(false) as JsonRpcError;
    }
}
