using System.Collections.Concurrent;
using System.Text.Json;
using System.Text.Json.Nodes;
using Bridge.Mcp.Messages;
using Bridge.Mcp.Mirroring;
using ModelContextProtocol.Protocol;

namespace Bridge.Mcp.Pipes;

/// <summary>Which arguments headers must repeat, as far as the client behind a relay has listed the tools: a pipe has no headers.</summary>
internal sealed class RelayDefinitions
{
    private const int MostTools = 10_000;

    private readonly ConcurrentDictionary<string, MirroredParameters> _known = new(StringComparer.Ordinal);

    /// <summary>Notes the tools of a list.</summary>
    /// <param name="message">What came from the server.</param>
    public void Note(JsonRpcMessage message)
    {
        foreach (JsonNode? tool in message is JsonRpcResponse { Result: JsonObject result } ? result["tools"] as JsonArray ?? [] : [])
        {
            if (tool is JsonObject definition && Text(definition["name"]) is { } name && definition["inputSchema"] is JsonObject schema && _known.Count < MostTools)
            {
                _known[name] = MirroredParameters.Of(JsonElement.Parse(schema.ToJsonString()));
            }
        }
    }

    /// <summary>Says the headers of a call for what the caller sends.</summary>
    /// <param name="message">What goes to the server.</param>
    public void Carry(JsonRpcMessage message)
    {
        if (message is JsonRpcRequest { Method: McpMethods.ToolsCall, Params: JsonObject call } && Text(call["name"]) is { } name
            && _known.TryGetValue(name, out MirroredParameters? mirrored) && !mirrored.IsEmpty)
        {
            CallHeaders.Carry(mirrored.Headers(JsonElement.Parse(call["arguments"]?.ToJsonString() ?? "{}")));
        }
    }

    private static string? Text(JsonNode? node) => node is JsonValue value && value.TryGetValue(out string? text) ? text : null;
}
