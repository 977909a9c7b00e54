using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization.Metadata;
using Bridge.Mcp.Messages;
using Bridge.Mcp.Wire;
using Bridge.Tools;
using Microsoft.Extensions.AI;
using ModelContextProtocol;
using ModelContextProtocol.Protocol;

namespace Bridge.Mcp.Connections;

/// <summary>Carries a server's questions (elicitation, sampling) to the person behind the running call; without one they are declined.</summary>
internal sealed class ServerQuestions(string server)
{
    /// <summary>Puts a question to whoever is behind the request that it is known to belong to.</summary>
    /// <param name="name">What the server calls the question; <see langword="null"/> where its revision has no names for them.</param>
    /// <param name="question">The question: a method and its parameters.</param>
    /// <param name="person">Who is behind the request; <see langword="null"/> for nobody.</param>
    /// <param name="cancellationToken">Nobody waits for the answer any more.</param>
    /// <returns>The answer, good or bad.</returns>
    public async Task<JsonRpcMessage> AskAsync(string? name, JsonObject? question, IUserInteraction? person, CancellationToken cancellationToken)
    {
        var id = new RequestId(name ?? "");
        string method = question?["method"] is JsonValue value && value.TryGetValue(out string? text) ? text : "";
        JsonNode? parameters = question?["params"]?.DeepClone();
        if (person is IClientPeer peer && method is (McpMethods.Elicit or McpMethods.Sample or McpMethods.Roots))
        {
            return await peer.AskAsync(new JsonRpcRequest { Id = id, Method = method, Params = parameters }, name, cancellationToken).ConfigureAwait(false);
        }

        try
        {
#pragma warning disable MCP9005 // obsolete in the newest version only; it still has the question
            return method switch
            {
                McpMethods.Elicit => Rpc.Result(id, Write(await ElicitAsync(person, Read<ElicitRequestParams>(parameters), cancellationToken).ConfigureAwait(false))),
                McpMethods.Sample => Rpc.Result(id, Write(await SampleAsync(person, Read<CreateMessageRequestParams>(parameters), cancellationToken).ConfigureAwait(false))),
                McpMethods.Roots => Rpc.Result(id, new JsonObject { ["roots"] = new JsonArray() }),
                _ => Rpc.Error(id, RpcCodes.MethodNotFound, $"The server '{server}' asks for '{method}', which is not a question to a client."),
            };
#pragma warning restore MCP9005
        }
        catch (McpProtocolException refused)
        {
            return Rpc.Error(id, (int)refused.ErrorCode, refused.Message);
        }
        catch (JsonException error)
        {
            return Rpc.Error(id, RpcCodes.InvalidParams, $"The server '{server}' asks '{method}' in a form that cannot be read: {error.Message}");
        }
    }

    public async ValueTask<ElicitResult> ElicitAsync(IUserInteraction? person, ElicitRequestParams? request, CancellationToken cancellationToken)
    {
        // A question by URL opens a browser somewhere: that is not ours to do.
        if (request?.RequestedSchema is not { } schema || person is null)
        {
            return new ElicitResult { Action = "decline" };
        }

        JsonElement wanted = JsonSerializer.SerializeToElement(schema, McpJsonUtilities.DefaultOptions.GetTypeInfo(schema.GetType()));
        JsonElement? answer = await person.ElicitAsync(server, request.Message, wanted, cancellationToken).ConfigureAwait(false);
        return answer is { ValueKind: JsonValueKind.Object } content
            ? new ElicitResult
            {
                Action = "accept",
                Content = content.EnumerateObject().ToDictionary(member => member.Name, member => member.Value, StringComparer.Ordinal),
            }
            : new ElicitResult { Action = "decline" };
    }

#pragma warning disable MCP9005 // sampling is obsolete in the newest version only; servers of all others may ask
    public async ValueTask<CreateMessageResult> SampleAsync(IUserInteraction? person, CreateMessageRequestParams? request, CancellationToken cancellationToken)
    {
        if (request is null || person is null)
        {
            throw NotOffered();
        }

        var messages = request.Messages
            .Select(message => new ChatMessage(ToRole(message.Role), [.. ContentMapper.ToContents(message.Content)]))
            .ToList();
        var options = new ChatOptions
        {
            Instructions = request.SystemPrompt,
            MaxOutputTokens = request.MaxTokens,
            Temperature = request.Temperature,
            StopSequences = request.StopSequences,
        };
        ChatResponse response = await person.SampleAsync(server, messages, options, cancellationToken).ConfigureAwait(false) ?? throw NotOffered();
        return new CreateMessageResult
        {
            Role = Role.Assistant,
            Model = response.ModelId ?? "unknown",
            StopReason = response.FinishReason == ChatFinishReason.Length ? "maxTokens" : "endTurn",
            Content = [new TextContentBlock { Text = response.Text }],
        };
    }
#pragma warning restore MCP9005

    private static T? Read<T>(JsonNode? parameters) => parameters.Deserialize((JsonTypeInfo<T>)McpJsonUtilities.DefaultOptions.GetTypeInfo(typeof(T)));

    private static JsonNode Write<T>(T result) => JsonSerializer.SerializeToNode(result, (JsonTypeInfo<T>)McpJsonUtilities.DefaultOptions.GetTypeInfo(typeof(T)))!;

    private static ChatRole ToRole(Role role) => role == Role.Assistant ? ChatRole.Assistant : ChatRole.User;

    private static McpProtocolException NotOffered() => new("Sampling is not offered: there is no client model behind this call.", McpErrorCode.InvalidRequest);
}
