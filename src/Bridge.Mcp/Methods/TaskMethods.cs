using System.Globalization;
using System.Text.Json.Nodes;
using Bridge.Configuration;
using Bridge.Mcp.Gateway;
using Bridge.Mcp.Messages;
using Bridge.Mcp.Tasks;
using Microsoft.Extensions.Options;
using ModelContextProtocol.Protocol;

namespace Bridge.Mcp.Methods;

/// <summary><c>tasks/get</c>: how a task stands.</summary>
/// <param name="tasks">The tasks of clients.</param>
internal sealed class TasksGetMethod(TaskDirectory tasks) : IGatewayMethod
{
    /// <inheritdoc/>
    public string Name => McpMethods.TasksGet;

    /// <inheritdoc/>
    public Task<JsonRpcMessage> RunAsync(GatewayRequest request, CancellationToken cancellationToken)
    {
        GatewayTask task = tasks.Find(request);
        JsonObject state = TaskForm.Of(request.Session).State(task);
        task.IsFetched |= state.ContainsKey("result") || state.ContainsKey("error");
        return Task.FromResult(request.Result(state));
    }
}

/// <summary><c>tasks/cancel</c>: ends a task, at its server too.</summary>
/// <param name="tasks">The tasks of clients.</param>
internal sealed class TasksCancelMethod(TaskDirectory tasks) : IGatewayMethod
{
    /// <inheritdoc/>
    public string Name => McpMethods.TasksCancel;

    /// <inheritdoc/>
    public Task<JsonRpcMessage> RunAsync(GatewayRequest request, CancellationToken cancellationToken)
    {
        GatewayTask task = tasks.Find(request);
        if (request.Session.Profile?.IsStateless == true)
        {
            task.Cancel();
            return Task.FromResult(request.Result(new JsonObject()));
        }

        if (task.IsOver)
        {
            throw new RpcException(RpcCodes.InvalidParams, $"The task '{task.Id}' is over, and cannot be cancelled any more.");
        }

        task.Cancel();
        return Task.FromResult(request.Result(TaskForm.Of(request.Session).State(task)));
    }
}

/// <summary><c>tasks/update</c>: the client's answers to what a task asks (2026-07-28).</summary>
/// <param name="tasks">The tasks of clients.</param>
internal sealed class TasksUpdateMethod(TaskDirectory tasks) : IGatewayMethod
{
    /// <inheritdoc/>
    public string Name => McpMethods.TasksUpdate;

    /// <inheritdoc/>
    public Task<JsonRpcMessage> RunAsync(GatewayRequest request, CancellationToken cancellationToken)
    {
        tasks.Find(request).Questions.Answer(request.Message.Member("inputResponses"));
        return Task.FromResult(request.Result(new JsonObject()));
    }
}

/// <summary><c>tasks/list</c>: the client's tasks, in the order made (2025-11-25).</summary>
/// <param name="tasks">The tasks of clients.</param>
/// <param name="options">How many one page holds.</param>
internal sealed class TasksListMethod(TaskDirectory tasks, IOptionsMonitor<BridgeOptions> options) : IGatewayMethod
{
    /// <inheritdoc/>
    public string Name => McpMethods.TasksList;

    /// <inheritdoc/>
    public Task<JsonRpcMessage> RunAsync(GatewayRequest request, CancellationToken cancellationToken)
    {
        long after = 0;
        if (request.Message.Member("cursor") is not null && !long.TryParse(request.Require("cursor"), NumberStyles.None, CultureInfo.InvariantCulture, out after))
        {
            throw new RpcException(RpcCodes.InvalidParams, "The cursor is not one of this list: begin anew without it.");
        }

        int size = options.CurrentValue.Gateway.PageSize;
        var form = TaskForm.Of(request.Session);
        GatewayTask[] left = [.. tasks.Of(request.Session).Where(task => task.Number > after)];
        var page = new JsonObject { ["tasks"] = new JsonArray([.. left.Take(size).Select(form.State)]) };
        if (left.Length > size)
        {
            page["nextCursor"] = left[size - 1].Number.ToString(CultureInfo.InvariantCulture);
        }

        return Task.FromResult(request.Result(page));
    }
}

/// <summary><c>tasks/result</c>: waits for what a task comes to; meanwhile its questions go to the client on the same way (2025-11-25).</summary>
/// <param name="tasks">The tasks of clients.</param>
internal sealed class TasksResultMethod(TaskDirectory tasks) : IGatewayMethod
{
    /// <inheritdoc/>
    public string Name => McpMethods.TasksResult;

    /// <inheritdoc/>
    public async Task<JsonRpcMessage> RunAsync(GatewayRequest request, CancellationToken cancellationToken)
    {
        GatewayTask task = tasks.Find(request);
        while (!task.Running.IsCompleted)
        {
            Task asked = task.Asked;
            while (task.Questions.TryTake() is { } open)
            {
                _ = AskAsync(request, task, open, cancellationToken);
            }

            await Task.WhenAny(task.Running, asked).WaitAsync(cancellationToken).ConfigureAwait(false);
        }

        JsonRpcMessage answer = await task.Running.ConfigureAwait(false);
        task.IsFetched = true;
        if (answer is JsonRpcError refused)
        {
            return new JsonRpcError { Id = request.Id, Error = refused.Error };
        }

        JsonObject result = ((JsonRpcResponse)answer).Result?.DeepClone() as JsonObject ?? [];
        Relate(result, task);
        return request.Result(result);
    }

    private static async Task AskAsync(GatewayRequest request, GatewayTask task, OpenQuestion open, CancellationToken cancellationToken)
    {
        JsonObject parameters = open.Question.Params?.DeepClone() as JsonObject ?? [];
        Relate(parameters, task);
        var question = new JsonRpcRequest { Id = open.Question.Id, Method = open.Question.Method, Params = parameters };
        try
        {
            open.Answer.TrySetResult(await request.AskAsync(question, open.Name, cancellationToken).ConfigureAwait(false));
        }
        catch (OperationCanceledException)
        {
            task.Return(open); // for the next request for the result
        }
    }

    private static void Relate(JsonObject message, GatewayTask task)
    {
        if (message["_meta"] is not JsonObject meta)
        {
            message["_meta"] = meta = [];
        }

        meta[TaskWords.RelatedTask] = TaskWords.Relate(task.Id);
    }
}
