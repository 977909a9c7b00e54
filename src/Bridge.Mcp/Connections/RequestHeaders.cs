using System.Buffers;
using System.Text;
using System.Text.Json.Nodes;
using Bridge.Mcp.Messages;
using ModelContextProtocol.Protocol;

namespace Bridge.Mcp.Connections;

/// <summary>What headers of HTTP repeat of a request of 2026-07-28; a pipe has none of them.</summary>
internal static class RequestHeaders
{
    private const string EncodedStart = "=?base64?", EncodedEnd = "?=";

    private static readonly SearchValues<char> s_plain = SearchValues.Create(Enumerable.Range(0x20, 0x7F - 0x20).Select(code => (char)code).ToArray());

    /// <summary>Lets the transport write a name as a header can hold it.</summary>
    /// <param name="request">The request.</param>
    /// <returns>The same request.</returns>
    public static JsonRpcRequest Prepare(JsonRpcRequest request)
    {
        string? member = request.Method switch
        {
            McpMethods.ToolsCall or McpMethods.PromptsGet => "name",
            McpMethods.ResourcesRead => "uri",
            _ => null,
        };
        if (member is not null && request.Params?[member] is JsonValue value && value.TryGetValue(out string? name) && Encode(name) is var encoded && encoded != name)
        {
#pragma warning disable MCPEXP002 // the one way to a header that the SDK does not encode
            request.Context = new JsonRpcMessageContext { RoutingName = encoded };
#pragma warning restore MCPEXP002
        }

        return request;
    }

    /// <summary>A value as a header can hold it: as it is, or in base64 where it could be read in two ways or not be sent.</summary>
    /// <param name="value">The value.</param>
    /// <returns>The header's value.</returns>
    public static string Encode(string value)
    {
        bool plain = value.Length > 0 && !value.AsSpan().ContainsAnyExcept(s_plain) && value[0] != ' ' && value[^1] != ' '
            && !(value.StartsWith(EncodedStart, StringComparison.Ordinal) && value.EndsWith(EncodedEnd, StringComparison.Ordinal));
        return plain ? value : $"{EncodedStart}{Convert.ToBase64String(Encoding.UTF8.GetBytes(value))}{EncodedEnd}";
    }
}
