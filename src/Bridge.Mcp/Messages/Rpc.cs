using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization.Metadata;
using ModelContextProtocol;
using ModelContextProtocol.Protocol;

namespace Bridge.Mcp.Messages;

/// <summary>Makes and writes messages.</summary>
public static class Rpc
{
    private static readonly JsonTypeInfo s_message = McpJsonUtilities.DefaultOptions.GetTypeInfo(typeof(JsonRpcMessage));

    /// <summary>A good answer.</summary>
    /// <param name="id">The request's id.</param>
    /// <param name="result">The result.</param>
    /// <returns>The answer.</returns>
    public static JsonRpcResponse Result(RequestId id, JsonNode result) => new() { Id = id, Result = result };

    /// <summary>An answer that says why not.</summary>
    /// <param name="id">The request's id; <see langword="null"/> when it could not be read.</param>
    /// <param name="code">The code, of <see cref="RpcCodes"/>.</param>
    /// <param name="message">Why, in a sentence.</param>
    /// <param name="data">More, for programs.</param>
    /// <returns>The answer.</returns>
    public static JsonRpcError Error(RequestId? id, int code, string message, object? data = null) =>
        new() { Id = id ?? default, Error = new JsonRpcErrorDetail { Code = code, Message = message, Data = data } };

    /// <summary>A notification.</summary>
    /// <param name="method">What happened.</param>
    /// <param name="parameters">The details.</param>
    /// <returns>The notification.</returns>
    public static JsonRpcNotification Notification(string method, JsonNode? parameters = null) => new() { Method = method, Params = parameters };

    /// <summary>Writes a message as one line of UTF-8, without an end of line.</summary>
    /// <param name="message">The message.</param>
    /// <returns>The bytes.</returns>
    public static byte[] ToUtf8(JsonRpcMessage message) => JsonSerializer.SerializeToUtf8Bytes(message, s_message);
}
