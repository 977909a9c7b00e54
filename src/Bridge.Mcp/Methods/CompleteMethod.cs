using System.Text.Json;
using System.Text.Json.Nodes;
using Bridge.Mcp.Gateway;
using Bridge.Mcp.Listing;
using Bridge.Mcp.Messages;
using ModelContextProtocol.Protocol;

namespace Bridge.Mcp.Methods;

/// <summary><c>completion/complete</c>: asks the server whose prompt or template it is.</summary>
/// <param name="lists">What clients see.</param>
internal sealed class CompleteMethod(GatewayLists lists) : IGatewayMethod
{
    /// <inheritdoc/>
    public string Name => McpMethods.Complete;

    /// <inheritdoc/>
    public async Task<JsonRpcMessage> RunAsync(GatewayRequest request, CancellationToken cancellationToken)
    {
        JsonObject parameters = request.Message.CopyParams();
        if (request.Message.Member("ref") is not { ValueKind: JsonValueKind.Object } || parameters["ref"] is not JsonObject of)
        {
            throw new RpcException(RpcCodes.InvalidParams, "'ref' must be an object that names a prompt or a template of resources.");
        }

        bool isPrompt = of["type"] is JsonValue type && type.TryGetValue(out string? kind) && kind == "ref/prompt";
        string member = isPrompt ? "name" : "uri";
        string name = of[member] is JsonValue value && value.TryGetValue(out string? text)
            ? text
            : throw new RpcException(RpcCodes.InvalidParams, $"'ref' has no '{member}'.");
        Located where = await FindAsync(request.Session, isPrompt, name, cancellationToken).ConfigureAwait(false)
            ?? throw new RpcException(RpcCodes.InvalidParams, $"There is no {(isPrompt ? "prompt" : "resource")} '{name}' to complete for.");
        of[member] = where.Name;
        return await request.SendAsync(where, parameters, cancellationToken).ConfigureAwait(false);
    }

    private async Task<Located?> FindAsync(GatewaySession session, bool isPrompt, string name, CancellationToken cancellationToken) => isPrompt
        ? (await lists.PromptsAsync(session.Identity, session.View, cancellationToken).ConfigureAwait(false)).Find(name)
        : (await lists.ResourcesAsync(session.Identity, session.View, cancellationToken).ConfigureAwait(false)).FindTemplate(name);
}
