using System.Text.Json;
using System.Text.Json.Nodes;
using Bridge.Mcp.Messages;
using Bridge.Mcp.Wire;
using Bridge.Tools;
using Microsoft.Extensions.AI;
using ModelContextProtocol.Protocol;

namespace Bridge.Mcp.Gateway;

/// <summary>One running request of a client: what servers say and ask meanwhile goes back on its way.</summary>
/// <param name="session">Whose it is.</param>
/// <param name="message">The request.</param>
/// <param name="reply">Where its answer goes, and what comes before.</param>
internal sealed class GatewayRequest(GatewaySession session, RpcMessage message, IMessageSink reply) : IClientPeer, IUserInteraction
{
    private CallContext? _context;

    /// <summary>Whose it is.</summary>
    public GatewaySession Session => session;

    /// <summary>The request.</summary>
    public RpcMessage Message => message;

    /// <summary>Its id.</summary>
    public RequestId Id => message.Id!.Value;

    /// <summary>On whose behalf things are done for it.</summary>
    public CallContext Context => _context ??= new CallContext
    {
        Identity = session.Identity,
        Interaction = this,
        Meta = message.Member("_meta") is { ValueKind: JsonValueKind.Object } meta ? JsonObject.Create(meta) : null,
    };

    /// <inheritdoc/>
    object IClientPeer.Client => session;

    private JsonElement? ProgressToken => message.Member("_meta") is { ValueKind: JsonValueKind.Object } meta && meta.TryGetProperty("progressToken", out JsonElement token)
        ? token
        : null;

    /// <summary>A good answer.</summary>
    public JsonRpcMessage Result(JsonNode result) => Rpc.Result(Id, result);

    /// <summary>A text that must be among the parameters.</summary>
    /// <exception cref="RpcException">It is not there.</exception>
    public string Require(string name) => message.Text(name)
        ?? throw new RpcException(RpcCodes.InvalidParams, $"'{name}' is missing, or is not a text.");

    /// <inheritdoc/>
    public void Progress(JsonObject progress)
    {
        if (ProgressToken is { } token)
        {
            progress["progressToken"] = JsonValue.Create(token);
            reply.TryPost(Rpc.Notification(McpMethods.Progress, progress));
        }
    }

    /// <inheritdoc/>
    public void Notify(JsonRpcNotification notification)
    {
        if (notification.Method != McpMethods.LogMessage || session.WantsLog(notification, byDefault: true))
        {
            reply.TryPost(notification);
        }
    }

    /// <inheritdoc/>
    public Task<JsonRpcMessage> AskAsync(JsonRpcRequest question, CancellationToken cancellationToken) =>
        session.AskAsync(question, reply, cancellationToken);

    /// <inheritdoc/>
    public async ValueTask<bool?> ApproveAsync(ToolCall call, string reason, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(call);
        string arguments = System.Text.Encoding.UTF8.GetString(call.Arguments.Span);
        JsonElement? answer = await ElicitAsync(
            call.Tool.Id.Source,
            $"{reason} The call: {call.Tool.Id} {arguments}",
            JsonElement.Parse("""{"type":"object","properties":{"allow":{"type":"boolean","title":"Allow this call"}},"required":["allow"]}"""u8),
            cancellationToken).ConfigureAwait(false);
        return session.Profile?.Takes(McpMethods.Elicit, default) != true ? null
            : answer is { } given && given.TryGetProperty("allow", out JsonElement allow) && allow.ValueKind == JsonValueKind.True;
    }

    /// <inheritdoc/>
    public async ValueTask<JsonElement?> ElicitAsync(string source, string message, JsonElement schema, CancellationToken cancellationToken)
    {
        var parameters = new JsonObject { ["message"] = message, ["requestedSchema"] = JsonObject.Create(schema.Clone()) };
        JsonNode? result = await AskAsync(McpMethods.Elicit, parameters, cancellationToken).ConfigureAwait(false);
        return result?["action"] is JsonValue action && action.TryGetValue(out string? word) && word == "accept" && result["content"] is JsonObject content
            ? JsonElement.Parse(content.ToJsonString())
            : null;
    }

    /// <inheritdoc/>
    public async ValueTask<ChatResponse?> SampleAsync(
        string source, IReadOnlyList<ChatMessage> messages, ChatOptions options, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(messages);
        ArgumentNullException.ThrowIfNull(options);
        var parameters = new JsonObject
        {
            ["messages"] = new JsonArray([.. messages.Select(said => new JsonObject
            {
                ["role"] = said.Role == ChatRole.Assistant ? "assistant" : "user",
                ["content"] = new JsonObject { ["type"] = "text", ["text"] = said.Text },
            })]),
            ["maxTokens"] = options.MaxOutputTokens ?? 1024,
        };
        if (options.Instructions is { } instructions)
        {
            parameters["systemPrompt"] = instructions;
        }

        JsonNode? result = await AskAsync(McpMethods.Sample, parameters, cancellationToken).ConfigureAwait(false);
        return result?["content"]?["text"]?.ToString() is { } text
            ? new ChatResponse(new ChatMessage(ChatRole.Assistant, text)) { ModelId = result["model"]?.ToString() }
            : null;
    }

    private async Task<JsonNode?> AskAsync(string method, JsonObject parameters, CancellationToken cancellationToken) =>
        (await AskAsync(new JsonRpcRequest { Method = method, Params = parameters }, cancellationToken).ConfigureAwait(false) as JsonRpcResponse)?.Result;
}
