using System.Text.Json.Nodes;
using Bridge.Mcp.Messages;
using Bridge.Tools;
using ModelContextProtocol.Protocol;

namespace Bridge.Mcp.Connections;

/// <summary>Requests of the revision without sessions: while the answer is a question, it is put to whoever is behind the request, who is known exactly, and the request is sent again with the answer.</summary>
/// <param name="server">The server's id.</param>
/// <param name="sender">The way to the server.</param>
/// <param name="questions">Asks people.</param>
/// <param name="time">The clock.</param>
internal sealed class InputRounds(string server, RequestSender sender, ServerQuestions questions, TimeProvider time)
{
    private const int MostRounds = 16, MostQuestions = 64;

    // A server that is busy gives a state alone: try again, a little later each time.
    private static readonly TimeSpan s_pause = TimeSpan.FromMilliseconds(100);

    /// <summary>Sends a request until it has an answer.</summary>
    /// <param name="request">The request.</param>
    /// <param name="parameters">Its parameters; kept for the next round.</param>
    /// <param name="context">On whose behalf.</param>
    /// <param name="cancellationToken">Cancels it.</param>
    /// <returns>The answer, good or bad.</returns>
    public async Task<JsonRpcMessage> SendAsync(JsonRpcRequest request, JsonObject parameters, CallContext context, CancellationToken cancellationToken)
    {
        RequestId id = request.Id;
        for (int round = 1; ; round++)
        {
            JsonRpcMessage answer = await sender.SendAsync(RequestHeaders.Prepare(request), cancellationToken).ConfigureAwait(false);
            if (answer is not JsonRpcResponse { Result: JsonObject result } || !Asks(result))
            {
                return answer;
            }

            if (Refuse(request, result, round) is { } wrong)
            {
                return Rpc.Error(id, RpcCodes.InternalError, $"The server '{server}' {wrong}");
            }

            JsonNode? state = result["requestState"]?.DeepClone();
            (JsonObject? said, JsonRpcError? refused) = await AskAsync(result["inputRequests"] as JsonObject, context, cancellationToken).ConfigureAwait(false);
            if (refused is not null)
            {
                return new JsonRpcError { Id = id, Error = refused.Error };
            }

            if (said is null)
            {
                await Task.Delay(s_pause * round, time, cancellationToken).ConfigureAwait(false);
            }

            request = new JsonRpcRequest { Id = new RequestId($"{id}.{round}"), Method = request.Method, Params = Next(parameters, said, state) };
        }
    }

    private static bool Asks(JsonObject result) => result["resultType"] is JsonValue type && type.TryGetValue(out string? kind) && kind == "input_required";

    private static string? Refuse(JsonRpcRequest request, JsonObject result, int round) =>
        request.Method is not (McpMethods.ToolsCall or McpMethods.PromptsGet or McpMethods.ResourcesRead) ? $"asks for input to answer '{request.Method}', which the protocol does not allow."
        : round >= MostRounds ? $"asked {MostRounds} times in a row; its request was given up."
        : result["inputRequests"] is JsonObject { Count: > MostQuestions } ? $"asks more than {MostQuestions} things at once."
        : result["inputRequests"] is null && result["requestState"] is null ? "asks for input and does not say for which."
        : null;

    private static JsonObject Next(JsonObject parameters, JsonObject? said, JsonNode? state)
    {
        JsonObject next = parameters.DeepClone().AsObject();
        if (said is not null)
        {
            next["inputResponses"] = said;
        }

        if (state is not null)
        {
            next["requestState"] = state;
        }

        return next;
    }

    // Together, as they were asked; the first refusal ends the others.
    private async Task<(JsonObject? Said, JsonRpcError? Refused)> AskAsync(JsonObject? asked, CallContext context, CancellationToken cancellationToken)
    {
        if (asked is null or { Count: 0 })
        {
            return (null, null);
        }

        using var rest = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        JsonRpcError? refused = null;
        async Task<KeyValuePair<string, JsonNode?>> AskOneAsync(string name, JsonNode? question)
        {
            JsonRpcMessage answer = await questions.AskAsync(name, question as JsonObject, context.Interaction, rest.Token).ConfigureAwait(false);
            if (answer is JsonRpcError error && Interlocked.CompareExchange(ref refused, error, null) is null)
            {
                await rest.CancelAsync().ConfigureAwait(false);
            }

            return KeyValuePair.Create(name, (answer as JsonRpcResponse)?.Result?.DeepClone());
        }

        try
        {
            return (new JsonObject(await Task.WhenAll(asked.Select(one => AskOneAsync(one.Key, one.Value))).ConfigureAwait(false)), refused);
        }
        catch (OperationCanceledException) when (refused is not null)
        {
            return (null, refused);
        }
    }
}
