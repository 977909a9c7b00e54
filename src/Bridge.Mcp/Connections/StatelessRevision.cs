using System.Text.Json;
using System.Text.Json.Nodes;
using Bridge.Mcp.Messages;
using Bridge.Mcp.Wire;
using Bridge.Tools;
using ModelContextProtocol.Protocol;
using Tool = Bridge.Tools.Tool;

namespace Bridge.Mcp.Connections;

/// <summary>
/// 2026-07-28, without sessions: every request says who asks and what the client behind it can do, questions come as answers,
/// and changes are heard on a stream that is asked for.
/// </summary>
/// <param name="sender">The way to the server.</param>
/// <param name="rounds">Answers the server's questions.</param>
/// <param name="tasks">Follows tasks.</param>
/// <param name="changes">Hears of changes.</param>
internal sealed class StatelessRevision(RequestSender sender, InputRounds rounds, StatelessTasks tasks, ChangeListener changes) : IUpstreamRevision
{
    private static readonly JsonObject s_client = new() { ["name"] = "bridge", ["version"] = typeof(StatelessRevision).Assembly.GetName().Version?.ToString(3) ?? "0" };

    /// <inheritdoc/>
    public bool OffersTasks => tasks.Offered;

    /// <inheritdoc/>
    public Task BeginAsync(CancellationToken cancellationToken) => changes.BeginAsync(cancellationToken);

    /// <inheritdoc/>
    public async Task<JsonRpcMessage> RequestAsync(JsonRpcRequest request, CallContext context, CancellationToken cancellationToken)
    {
        switch (request.Method)
        {
            case McpMethods.SetLevel:
                return Rpc.Result(request.Id, new JsonObject()); // every request says it for itself
            case McpMethods.Subscribe:
                return await changes.SubscribeAsync(request, cancellationToken).ConfigureAwait(false);
            case McpMethods.Unsubscribe:
                return await changes.UnsubscribeAsync(request).ConfigureAwait(false);
        }

        var parameters = (JsonObject)(request.Params ??= new JsonObject());
        Stamp(parameters, Capabilities(context), (context.Interaction as IClientPeer)?.LogLevel);
        JsonRpcMessage answer = await rounds.SendAsync(request, parameters, context, cancellationToken).ConfigureAwait(false);
        return Translate(request.Method, answer);
    }

    /// <inheritdoc/>
    public async Task<JsonRpcMessage> CallAsync(JsonRpcRequest request, Tool tool, CallContext context, CancellationToken cancellationToken)
    {
        JsonRpcMessage answer = await CallAsync(request, context, takesTasks: context.Task is not null, cancellationToken).ConfigureAwait(false);
        if (tasks.Offered && context.Task is null && StatelessTasks.IsDemanded(answer))
        {
            // Refused before anything was done: whoever waits has the task followed here.
            var again = new JsonRpcRequest { Id = new RequestId($"{request.Id}.a"), Method = request.Method, Params = request.Params!.DeepClone() };
            answer = await CallAsync(again, context, takesTasks: true, cancellationToken).ConfigureAwait(false);
        }

        if (answer is JsonRpcResponse { Result: JsonObject result } && TaskWords.Text(result, "resultType") == TaskWords.ResultType)
        {
            string? level = (context.Interaction as IClientPeer)?.LogLevel;
            answer = await tasks.FollowAsync(
                request.Id, result, context, parameters => Stamp(parameters, Capabilities(context, takesTasks: true), level), cancellationToken).ConfigureAwait(false);
        }

        return Translate(request.Method, answer);
    }

    /// <inheritdoc/>
    public Task NotifyAsync(JsonRpcNotification notification, CancellationToken cancellationToken) =>
        notification.Method == McpMethods.RootsChanged ? Task.CompletedTask : sender.NotifyAsync(notification, cancellationToken);

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => changes.DisposeAsync();

    /// <summary>Adds what every request of the revision says.</summary>
    /// <param name="parameters">The parameters of the request.</param>
    /// <param name="capabilities">What the client behind it can do; given away.</param>
    /// <param name="logLevel">From which level on it wants log messages; <see langword="null"/> for none.</param>
    internal static void Stamp(JsonObject parameters, JsonObject capabilities, string? logLevel)
    {
        if (parameters["_meta"] is not JsonObject meta)
        {
            parameters["_meta"] = meta = [];
        }

        meta[MetaKeys.ProtocolVersion] = ProtocolVersions.Stateless;
        meta[MetaKeys.ClientInfo] = s_client.DeepClone();
        meta[MetaKeys.ClientCapabilities] = capabilities;
        if (logLevel is not null)
        {
            meta[MetaKeys.LogLevel] = logLevel;
        }
    }

    private static JsonObject Capabilities(CallContext context, bool takesTasks = false)
    {
        JsonObject capabilities = context.Interaction switch
        {
            null => [],
            IClientPeer peer => peer.Capabilities,
            _ => new JsonObject { ["elicitation"] = new JsonObject { ["form"] = new JsonObject() }, ["sampling"] = new JsonObject() },
        };
        if (takesTasks)
        {
            capabilities["extensions"] = TaskWords.Extensions;
        }

        return capabilities;
    }

    private Task<JsonRpcMessage> CallAsync(JsonRpcRequest request, CallContext context, bool takesTasks, CancellationToken cancellationToken)
    {
        var parameters = (JsonObject)request.Params!;
        Stamp(parameters, Capabilities(context, takesTasks), (context.Interaction as IClientPeer)?.LogLevel);
        return rounds.SendAsync(request, parameters, context, cancellationToken);
    }

    // What only this revision says goes no further: its clients are told Bridge's own.
    private JsonRpcMessage Translate(string method, JsonRpcMessage answer)
    {
        if (answer is JsonRpcResponse { Result: JsonObject result })
        {
            if (result["resultType"] is JsonValue type && type.TryGetValue(out string? kind) && kind == "complete")
            {
                result.Remove("resultType");
            }

            if (result["_meta"] is JsonObject meta && meta.Remove(MetaKeys.ServerInfo) && meta.Count == 0)
            {
                result.Remove("_meta");
            }

            foreach (JsonNode? tool in tasks.Offered && method == McpMethods.ToolsList ? result["tools"] as JsonArray ?? [] : [])
            {
                if (tool is JsonObject definition)
                {
                    definition[TaskWords.Execution] ??= new JsonObject { [TaskWords.Support] = TaskWords.Optional }; // here the server decides, call by call
                }
            }
        }
        else if (method == McpMethods.ResourcesRead && answer is JsonRpcError { Error: { Code: RpcCodes.InvalidParams, Data: JsonElement { ValueKind: JsonValueKind.Object } data } missing }
            && data.TryGetProperty("uri", out _))
        {
            missing.Code = RpcCodes.ResourceNotFound;
        }

        return answer;
    }
}
