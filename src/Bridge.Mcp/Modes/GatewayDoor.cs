using System.Runtime.InteropServices;
using System.Text.Json;
using Bridge.Catalog;
using Bridge.Execution;
using Bridge.Mcp.Connections;
using Bridge.Mcp.Gateway;
using Bridge.Mcp.Messages;
using Bridge.Mcp.Tasks;
using Bridge.Tools;
using Microsoft.Extensions.Logging;
using ModelContextProtocol.Protocol;

namespace Bridge.Mcp.Modes;

/// <summary>Takes a client's call through the one door, like every other call; a client that takes tasks need not wait there.</summary>
/// <param name="door">The door.</param>
/// <param name="tasks">The tasks of clients.</param>
/// <param name="logger">Where faults are told.</param>
internal sealed class GatewayDoor(IToolExecutor door, TaskDirectory tasks, ILogger<GatewayDoor> logger)
{
    private static readonly byte[] s_nothing = "{}"u8.ToArray();

    /// <summary>Calls a tool.</summary>
    /// <param name="request">The client's request.</param>
    /// <param name="entry">The tool.</param>
    /// <param name="arguments">The arguments as the client wrote them; <see langword="null"/> for none.</param>
    /// <param name="cancellationToken">The client cancelled, or is gone.</param>
    /// <returns>The answer, or the task in place of it.</returns>
    /// <exception cref="RpcException">The client asks for a task that it cannot have.</exception>
    public async Task<JsonRpcMessage> AnswerAsync(GatewayRequest request, CatalogEntry entry, JsonElement? arguments, CancellationToken cancellationToken)
    {
        byte[] written = arguments is { } given ? JsonMarshal.GetRawUtf8Value(given).ToArray() : s_nothing;
        var call = new CallRequest(request.Id.ToString(), entry, written) { Origin = CallOrigin.Gateway };
        ClientProfile? profile = request.Session.Profile;
        if (profile?.AsksForTasks == true && request.Message.Member("task") is { ValueKind: JsonValueKind.Object } wish)
        {
            return Begin(request, call, wish);
        }

        return profile?.TakesTasks == true && tasks.TryOpen(request, asked: null) is { } task
            ? await FollowAsync(request, call, task, cancellationToken).ConfigureAwait(false)
            : await CallAsync(request, call, request.Context, cancellationToken).ConfigureAwait(false);
    }

    // 2025-11-25: the client asks for a task and gets one at once; all that becomes of the call is told by it.
    private JsonRpcResponse Begin(GatewayRequest request, CallRequest call, JsonElement wish)
    {
        if (!TaskSupport.IsOf(call.Entry.Tool))
        {
            throw new RpcException(RpcCodes.MethodNotFound, $"The tool '{call.Entry.Tool.Id.Name}' does not run as a task: call it without 'task'.");
        }

        TimeSpan? ttl = wish.TryGetProperty("ttl", out JsonElement ms) && ms.ValueKind == JsonValueKind.Number && ms.TryGetDouble(out double wanted) && wanted is > 0 and < int.MaxValue
            ? TimeSpan.FromMilliseconds(wanted)
            : null;
        GatewayTask task = tasks.TryOpen(request, ttl) ?? throw new RpcException(
            RpcCodes.InvalidRequest, $"This client has {tasks.Most} tasks, those included whose results are still kept, and no more are allowed: wait until their time is over, or raise Bridge:Gateway:MaxTasks.");
        var form = TaskForm.Of(request.Session);
        JsonRpcResponse created = Rpc.Result(request.Id, form.Created(task));
        task.Detach();
        task.Watch(request.Session, form);
        task.Start(token => RunAsync(request, call, task, token));
        tasks.Publish(request, task);
        return created;
    }

    // 2026-07-28: the server decides, so whether there is a task shows while the call runs.
    private async Task<JsonRpcMessage> FollowAsync(GatewayRequest request, CallRequest call, GatewayTask task, CancellationToken cancellationToken)
    {
        using (cancellationToken.UnsafeRegister(static task => ((GatewayTask)task!).Stop(), task))
        {
            task.Start(token => RunAsync(request, call, task, token));
            await Task.WhenAny(task.Running, task.Began).ConfigureAwait(false);
        }

        if (task.Running.IsCompleted)
        {
            tasks.Discard(request, task);
            return await task.Running.ConfigureAwait(false);
        }

        JsonRpcMessage created = Rpc.Result(request.Id, TaskForm.Of(request.Session).Created(task));
        tasks.Publish(request, task);
        return created;
    }

    private async Task<JsonRpcMessage> RunAsync(GatewayRequest request, CallRequest call, GatewayTask task, CancellationToken cancellationToken)
    {
        try
        {
            return await CallAsync(request, call, request.Context with { Task = task }, cancellationToken).ConfigureAwait(false);
        }
#pragma warning disable CA1031 // Nobody waits here: the fault is what the client is told when it asks.
        catch (Exception error)
#pragma warning restore CA1031
        {
            GatewayLog.Failed(logger, error, McpMethods.ToolsCall, request.Session.Id);
            return Rpc.Error(request.Id, RpcCodes.InternalError, $"Bridge failed on a task. Its log has the detail under the session '{request.Session.Id[..8]}'.");
        }
    }

    private async Task<JsonRpcMessage> CallAsync(GatewayRequest request, CallRequest call, CallContext context, CancellationToken cancellationToken) =>
        OutcomeWriter.Write(request, await door.ExecuteAsync(call, context, cancellationToken).ConfigureAwait(false));
}
