using System.Text.Json;
using System.Text.Json.Nodes;
using ModelContextProtocol.Protocol;

namespace Bridge.Mcp.Messages;

/// <summary>One message of a client, read strictly and not interpreted: what nobody here knows passes untouched.</summary>
public sealed class RpcMessage
{
    /// <summary>The id of a request or of an answer; <see langword="null"/> for a notification.</summary>
    public RequestId? Id { get; init; }

    /// <summary>The method of a request or a notification; <see langword="null"/> for an answer.</summary>
    public string? Method { get; init; }

    /// <summary>The parameters, an object; undefined when there are none.</summary>
    public JsonElement Params { get; init; }

    /// <summary>The result of an answer.</summary>
    public JsonElement? Result { get; init; }

    /// <summary>The error of an answer.</summary>
    public JsonElement? Error { get; init; }

    /// <summary>The headers of HTTP that came along, by name, each as often as it came; <see langword="null"/> where the message must say all by itself.</summary>
    public Func<string, IReadOnlyList<string?>>? Headers { get; set; }

    /// <summary>Whether an answer is expected.</summary>
    public bool IsRequest => Method is not null && Id is not null;

    /// <summary>Whether it answers a request of ours.</summary>
    public bool IsAnswer => Method is null;

    /// <summary>A member of the parameters.</summary>
    /// <param name="name">Its name, in exact case.</param>
    /// <returns>The member; <see langword="null"/> when there is none.</returns>
    public JsonElement? Member(string name) =>
        Params.ValueKind == JsonValueKind.Object && Params.TryGetProperty(name, out JsonElement value) ? value : null;

    /// <summary>A text among the parameters.</summary>
    /// <param name="name">Its name, in exact case.</param>
    /// <returns>The text; <see langword="null"/> when there is none.</returns>
    public string? Text(string name) => Member(name) is { ValueKind: JsonValueKind.String } value ? value.GetString() : null;

    /// <summary>The parameters as a tree that may be changed.</summary>
    /// <returns>A new tree at each call; empty when there are none.</returns>
    public JsonObject CopyParams() => Params.ValueKind == JsonValueKind.Object ? JsonObject.Create(Params)! : [];

    /// <summary>The same message as the SDK's transports carry it.</summary>
    /// <returns>The message.</returns>
    public JsonRpcMessage ToMessage() => this switch
    {
        { Method: { } method, Id: { } id } => new JsonRpcRequest { Id = id, Method = method, Params = Node(Params) },
        { Method: { } method } => new JsonRpcNotification { Method = method, Params = Node(Params) },
        _ => ToAnswer(Id!.Value),
    };

    /// <summary>The answer as a message for whoever asked under another id.</summary>
    /// <param name="id">The id of the question there.</param>
    /// <returns>The answer.</returns>
    public JsonRpcMessage ToAnswer(RequestId id) => Error is { } error
        ? new JsonRpcError { Id = id, Error = Detail(error) }
        : new JsonRpcResponse { Id = id, Result = Result is { ValueKind: not JsonValueKind.Undefined } result ? Node(result) : null };

    private static JsonNode? Node(JsonElement element) => element.ValueKind switch
    {
        JsonValueKind.Object => JsonObject.Create(element),
        JsonValueKind.Array => JsonArray.Create(element),
        JsonValueKind.Null or JsonValueKind.Undefined => null,
        _ => JsonValue.Create(element),
    };

    private static JsonRpcErrorDetail Detail(JsonElement error) => new()
    {
        Code = error.TryGetProperty("code", out JsonElement code) && code.TryGetInt32(out int number) ? number : RpcCodes.InternalError,
        Message = error.TryGetProperty("message", out JsonElement text) && text.ValueKind == JsonValueKind.String ? text.GetString()! : "",
        Data = error.TryGetProperty("data", out JsonElement data) ? data : null,
    };
}
