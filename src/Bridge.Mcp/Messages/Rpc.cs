using System.Buffers;
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
    private static readonly JsonWriterOptions s_writing = new() { Encoder = McpJsonUtilities.DefaultOptions.Encoder };

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
    public static byte[] ToUtf8(JsonRpcMessage message) => Write(message, ""u8);

    /// <summary>Writes a message as one line of UTF-8, with its end.</summary>
    /// <param name="message">The message.</param>
    /// <returns>The bytes.</returns>
    public static byte[] ToLine(JsonRpcMessage message) => Write(message, "\n"u8);

    /// <summary>Reads a message of a server.</summary>
    /// <param name="utf8">The message: UTF-8 JSON.</param>
    /// <returns>The message; <see langword="null"/> for the JSON value null.</returns>
    /// <exception cref="JsonException">It is no message.</exception>
    public static JsonRpcMessage? FromUtf8(ReadOnlySpan<byte> utf8) => (JsonRpcMessage?)JsonSerializer.Deserialize(utf8, s_message);

    private static byte[] Write(JsonRpcMessage message, ReadOnlySpan<byte> end)
    {
        var buffer = new ArrayBufferWriter<byte>(512);
        using (var writer = new Utf8JsonWriter(buffer, s_writing))
        {
            Write(writer, message);
        }

        buffer.Write(end);
        return buffer.WrittenSpan.ToArray();
    }

    // What every call writes needs no serializer; all else is the SDK's to write.
    private static void Write(Utf8JsonWriter writer, JsonRpcMessage message)
    {
        switch (message)
        {
            case JsonRpcResponse { Result: { } result } response when response.Id.Id is string or long:
                Begin(writer, response.Id);
                writer.WritePropertyName("result"u8);
                result.WriteTo(writer);
                writer.WriteEndObject();
                break;
            case JsonRpcRequest { Params: { } parameters } request when request.Id.Id is string or long:
                Begin(writer, request.Id);
                writer.WriteString("method"u8, request.Method);
                writer.WritePropertyName("params"u8);
                parameters.WriteTo(writer);
                writer.WriteEndObject();
                break;
            default:
                JsonSerializer.Serialize(writer, message, s_message);
                break;
        }
    }

    private static void Begin(Utf8JsonWriter writer, RequestId id)
    {
        writer.WriteStartObject();
        writer.WriteString("jsonrpc"u8, "2.0"u8);
        if (id.Id is long number)
        {
            writer.WriteNumber("id"u8, number);
        }
        else
        {
            writer.WriteString("id"u8, (string)id.Id!);
        }
    }
}
