using System.Runtime.InteropServices;
using Bridge.Catalog;
using Bridge.Execution;
using Bridge.Mcp.Gateway;
using Bridge.Mcp.Listing;
using Bridge.Mcp.Messages;
using Bridge.Outcomes;
using Bridge.Tools;
using ModelContextProtocol.Protocol;

namespace Bridge.Mcp.Methods;

/// <summary><c>tools/call</c>: through the one door, like every other call.</summary>
/// <param name="lists">What clients see.</param>
/// <param name="door">The door.</param>
internal sealed class ToolsCallMethod(GatewayLists lists, IToolExecutor door) : IGatewayMethod
{
    private static readonly byte[] s_nothing = "{}"u8.ToArray();

    /// <inheritdoc/>
    public string Name => McpMethods.ToolsCall;

    /// <inheritdoc/>
    public async Task<JsonRpcMessage> RunAsync(GatewayRequest request, CancellationToken cancellationToken)
    {
        string name = request.Require("name");
        ToolDirectory tools = await lists.ToolsAsync(request.Session.Identity, request.Session.View, cancellationToken).ConfigureAwait(false);
        CatalogEntry entry = tools.Find(name) ?? throw new RpcException(RpcCodes.InvalidParams, $"Unknown tool: '{name}'.");
        byte[] arguments = request.Message.Member("arguments") is { } given ? JsonMarshal.GetRawUtf8Value(given).ToArray() : s_nothing;
        var call = new CallRequest(request.Id.ToString(), entry, arguments) { Origin = CallOrigin.Gateway };
        CallOutcome outcome = await door.ExecuteAsync(call, request.Context, cancellationToken).ConfigureAwait(false);
        return OutcomeWriter.Write(request, outcome);
    }
}
