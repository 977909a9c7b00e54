using System.Text.Json.Nodes;
using Bridge.Mcp.Messages;
using ModelContextProtocol.Protocol;

namespace Bridge.Mcp.Connections;

/// <summary>What headers of HTTP repeat of a request of 2026-07-28; a pipe has none of them.</summary>
internal static class RequestHeaders
{
    private const string TaskId = "taskId";

    /// <summary>Lets the transport write a name as a header can hold it.</summary>
    /// <param name="request">The request.</param>
    /// <returns>The same request.</returns>
    public static JsonRpcRequest Prepare(JsonRpcRequest request)
    {
        string? member = request.Method switch
        {
            McpMethods.ToolsCall or McpMethods.PromptsGet => "name",
            McpMethods.ResourcesRead => "uri",
            McpMethods.TasksGet or McpMethods.TasksUpdate or McpMethods.TasksCancel => TaskId,
            _ => null,
        };
        if (member is not null && request.Params?[member] is JsonValue value && value.TryGetValue(out string? name) && HeaderText.Encode(name) is var encoded && (encoded != name || member == TaskId))
        {
#pragma warning disable MCPEXP002 // the one way to a header that the SDK does not encode, or of a method that it does not know
            request.Context = new JsonRpcMessageContext { RoutingName = encoded };
#pragma warning restore MCPEXP002
        }

        return request;
    }
}
