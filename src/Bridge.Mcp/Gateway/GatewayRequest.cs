using System.Text.Json;
using System.Text.Json.Nodes;
using Bridge.Mcp.Messages;
using Bridge.Mcp.Mirroring;
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
    private RpcMessage _message = message;
    private IMessageSink _reply = reply;
    private CallContext? _context;
    private MirroredParameters? _mirrored;
    private int _asking;

    /// <summary>How questions reach the client where they cannot be sent to it; <see langword="null"/> to send them.</summary>
    public Func<JsonRpcRequest, string?, CancellationToken, Task<JsonRpcMessage>>? Hold { get; set; }

    /// <summary>Whose it is.</summary>
    public GatewaySession Session => session;

    /// <summary>The request.</summary>
    public RpcMessage Message => _message;

    /// <summary>Its id.</summary>
    public RequestId Id => _message.Id!.Value;

    /// <summary>On whose behalf things are done for it.</summary>
    public CallContext Context => _context ??= new CallContext
    {
        Identity = session.Identity,
        Interaction = this,
        Results = session.Results,
        Meta = _message.Member("_meta") is { ValueKind: JsonValueKind.Object } meta ? JsonObject.Create(meta) : null,
    };

    /// <inheritdoc/>
    object IClientPeer.Client => session.Profile is { IsStateless: true } profile ? (session.Identity.Id, session.View, profile.Name) : session;

    /// <inheritdoc/>
    public bool IsAsking => Volatile.Read(ref _asking) > 0;

    /// <inheritdoc/>
    public JsonObject Capabilities => session.Profile?.Questions() ?? [];

    /// <inheritdoc/>
    public string? LogLevel => session.LogRank is { } rank and >= 0 ? LogLevels.All[rank] : session.Profile?.IsStateless == false ? LogLevels.Usual : null;

    private JsonElement? ProgressToken => _message.Member("_meta") is { ValueKind: JsonValueKind.Object } meta && meta.TryGetProperty("progressToken", out JsonElement token)
        ? token
        : null;

    /// <summary>Hands over what comes before the answer.</summary>
    public ValueTask SendAsync(JsonRpcMessage before, CancellationToken cancellationToken) => _reply.SendAsync(before, cancellationToken);

    /// <summary>A good answer.</summary>
    public JsonRpcMessage Result(JsonNode result) => Rpc.Result(Id, result);

    /// <summary>A text that must be among the parameters.</summary>
    /// <exception cref="RpcException">It is not there.</exception>
    public string Require(string name) => _message.Text(name)
        ?? throw new RpcException(RpcCodes.InvalidParams, $"'{name}' is missing, or is not a text.");

    /// <inheritdoc/>
    public void Progress(JsonObject progress)
    {
        if (ProgressToken is { } token)
        {
            progress["progressToken"] = JsonValue.Create(token);
            _reply.TryPost(Rpc.Notification(McpMethods.Progress, progress));
        }
    }

    /// <inheritdoc/>
    public void Notify(JsonRpcNotification notification)
    {
        if (notification.Method != McpMethods.LogMessage || session.WantsLog(notification, byDefault: session.Profile?.IsStateless != true))
        {
            _reply.TryPost(notification);
        }
    }

    /// <inheritdoc/>
    public async Task<JsonRpcMessage> AskAsync(JsonRpcRequest question, string? name, CancellationToken cancellationToken)
    {
        JsonElement parameters = question.Params is { } given ? JsonElement.Parse(given.ToJsonString()) : default;
        if (session.Profile?.Takes(question.Method, parameters) != true)
        {
            MissingCapability ??= ClientProfile.CapabilityOf(question.Method);
            return Rpc.Error(question.Id, RpcCodes.MethodNotFound, $"The client behind this call did not say that it takes '{question.Method}'.");
        }

        Interlocked.Increment(ref _asking);
        try
        {
            return await (Hold is null ? session.AskAsync(question, _reply, cancellationToken) : Hold(question, name, cancellationToken)).ConfigureAwait(false);
        }
        finally
        {
            Interlocked.Decrement(ref _asking);
        }
    }

    /// <summary>What a server asked for that the client did not declare; <see langword="null"/> for nothing.</summary>
    public string? MissingCapability { get; private set; }

    /// <summary>The client asks again for the same: under another id, and where it listens now.</summary>
    /// <param name="again">The new message.</param>
    /// <param name="reply">Where the answer goes.</param>
    /// <exception cref="RpcException">Its headers say something else than its arguments.</exception>
    public void Rebind(RpcMessage again, IMessageSink reply)
    {
        (_message, _reply) = (again, reply);
        Verify();
    }

    /// <summary>The request is answered, and what it began goes on.</summary>
    /// <param name="hold">How questions reach the client from now on.</param>
    /// <param name="sink">Where progress and what servers say beside goes.</param>
    public void Detach(Func<JsonRpcRequest, string?, CancellationToken, Task<JsonRpcMessage>> hold, IMessageSink sink) => (Hold, _reply) = (hold, sink);

    /// <summary>Holds the headers against the arguments, now and whenever the client asks again.</summary>
    /// <param name="mirrored">Which parameters headers repeat.</param>
    /// <exception cref="RpcException">They say something else.</exception>
    public void Check(MirroredParameters mirrored)
    {
        _mirrored = mirrored;
        Verify();
    }

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

    private void Verify()
    {
        if (_message.Headers is { } headers)
        {
            _mirrored?.Check(_message.Member("arguments") ?? default, headers);
        }
    }

    private async Task<JsonNode?> AskAsync(string method, JsonObject parameters, CancellationToken cancellationToken) =>
        (await AskAsync(new JsonRpcRequest { Method = method, Params = parameters }, name: null, cancellationToken).ConfigureAwait(false) as JsonRpcResponse)?.Result;
}
