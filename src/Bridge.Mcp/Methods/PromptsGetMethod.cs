using System.Text.Json.Nodes;
using Bridge.Mcp.Gateway;
using Bridge.Mcp.Listing;
using Bridge.Mcp.Messages;
using ModelContextProtocol.Protocol;

namespace Bridge.Mcp.Methods;

/// <summary><c>prompts/get</c>: asks the server whose prompt it is.</summary>
/// <param name="lists">What clients see.</param>
internal sealed class PromptsGetMethod(GatewayLists lists) : IGatewayMethod
{
    /// <inheritdoc/>
    public string Name => McpMethods.PromptsGet;

    /// <inheritdoc/>
    public async Task<JsonRpcMessage> RunAsync(GatewayRequest request, CancellationToken cancellationToken)
    {
        string name = request.Require("name");
        PromptDirectory prompts = await lists.PromptsAsync(request.Session.Identity, request.Session.View, cancellationToken).ConfigureAwait(false);
        Located where = prompts.Find(name) ?? throw new RpcException(RpcCodes.InvalidParams, $"Unknown prompt: '{name}'.");
        JsonObject parameters = request.Message.CopyParams();
        parameters["name"] = where.Name;
        return await request.SendAsync(where, parameters, cancellationToken).ConfigureAwait(false);
    }
}
