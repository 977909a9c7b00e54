using System.Collections.Frozen;
using System.Text.Json;
using Bridge.Schemas.Json;
using ModelContextProtocol.Protocol;

namespace Bridge.Mcp.Messages;

/// <summary>Reads the messages of clients so that every later reader sees the same: no key twice, none in another spelling of a known one.</summary>
/// <remarks>The parsers of the SDK take the last of several keys and any case; policy must not see one name and the server another.</remarks>
public static class RpcReader
{
    private static readonly FrozenSet<string> s_envelope = Known("jsonrpc", "id", "method", "params", "result", "error");

    private static readonly FrozenSet<string> s_parameters = Known(
        "name", "arguments", "_meta", "uri", "cursor", "ref", "argument", "context", "level", "requestId", "progressToken", "protocolVersion", "capabilities", "clientInfo", "task", "inputResponses", "requestState", "notifications");

    /// <summary>Reads one message.</summary>
    /// <param name="utf8">The message: UTF-8 JSON.</param>
    /// <returns>The message.</returns>
    /// <exception cref="RpcException">It is not a message, or one that two readers could read differently.</exception>
    public static RpcMessage Read(ReadOnlyMemory<byte> utf8)
    {
        JsonElement root;
        try
        {
            root = StrictJson.Parse(utf8);
        }
        catch (StrictJsonException error)
        {
            throw new RpcException(RpcCodes.ParseError, error.Message);
        }

        if (root.ValueKind != JsonValueKind.Object)
        {
            throw new RpcException(RpcCodes.InvalidRequest, root.ValueKind == JsonValueKind.Array
                ? "Batches are not taken; send one message at a time."
                : "A message is a JSON object.");
        }

        RequestId? id = ReadId(root);
        RefuseVariants(root, s_envelope, RpcCodes.InvalidRequest, id);
        if (!root.TryGetProperty("jsonrpc", out JsonElement version) || version.ValueKind != JsonValueKind.String || !version.ValueEquals("2.0"u8))
        {
            throw new RpcException(RpcCodes.InvalidRequest, "The message must hold \"jsonrpc\": \"2.0\".", id);
        }

        return root.TryGetProperty("method", out JsonElement method) ? ReadCall(root, method, id) : ReadAnswer(root, id);
    }

    private static RpcMessage ReadCall(JsonElement root, JsonElement method, RequestId? id)
    {
        if (method.ValueKind != JsonValueKind.String)
        {
            throw new RpcException(RpcCodes.InvalidRequest, "'method' must be a text.", id);
        }

        root.TryGetProperty("params", out JsonElement parameters);
        if (parameters.ValueKind is not (JsonValueKind.Undefined or JsonValueKind.Null or JsonValueKind.Object))
        {
            throw new RpcException(RpcCodes.InvalidParams, "'params' must be an object.", id);
        }

        if (parameters.ValueKind == JsonValueKind.Object)
        {
            RefuseVariants(parameters, s_parameters, RpcCodes.InvalidParams, id);
        }

        return new RpcMessage { Id = id, Method = method.GetString(), Params = parameters };
    }

    private static RpcMessage ReadAnswer(JsonElement root, RequestId? id)
    {
        bool hasResult = root.TryGetProperty("result", out JsonElement result), hasError = root.TryGetProperty("error", out JsonElement error);
        if (id is null || hasResult == hasError || (hasError && error.ValueKind != JsonValueKind.Object))
        {
            throw new RpcException(RpcCodes.InvalidRequest, "A message without 'method' is an answer, with 'id' and either 'result' or 'error'.", id);
        }

        return new RpcMessage { Id = id, Result = hasResult ? result : null, Error = hasError ? error : null };
    }

    private static RequestId? ReadId(JsonElement root)
    {
        if (!root.TryGetProperty("id", out JsonElement id))
        {
            return null;
        }

        return id.ValueKind switch
        {
            JsonValueKind.String => new RequestId(id.GetString()!),
            JsonValueKind.Number when id.TryGetInt64(out long number) => new RequestId(number),
            _ => throw new RpcException(RpcCodes.InvalidRequest, "'id' must be a text or a whole number."),
        };
    }

    private static void RefuseVariants(JsonElement value, FrozenSet<string> known, int code, RequestId? id)
    {
        foreach (JsonProperty member in value.EnumerateObject())
        {
            if (known.TryGetValue(member.Name, out string? exact) && exact != member.Name)
            {
                throw new RpcException(code, $"The member '{member.Name}' must be spelled '{exact}'.", id);
            }
        }
    }

    private static FrozenSet<string> Known(params string[] names) => names.ToFrozenSet(StringComparer.OrdinalIgnoreCase);
}
