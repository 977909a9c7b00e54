using System.Text.Json.Nodes;
using Bridge.Mcp.Connections;
using Bridge.Mcp.Gateway;
using Bridge.Mcp.Listing;
using Bridge.Mcp.Messages;
using Bridge.Mcp.Sources;
using ModelContextProtocol.Protocol;

namespace Bridge.Mcp.Methods;

/// <summary><c>logging/setLevel</c>: from which level on the client wants to hear of what servers log.</summary>
/// <remarks>A connection that several clients share is set to the level of the last; what a client did not ask for is kept from it here.</remarks>
/// <param name="lists">The servers behind.</param>
internal sealed class SetLevelMethod(GatewayLists lists) : IGatewayMethod
{
    /// <inheritdoc/>
    public string Name => McpMethods.SetLevel;

    /// <inheritdoc/>
    public async Task<JsonRpcMessage> RunAsync(GatewayRequest request, CancellationToken cancellationToken)
    {
        string level = request.Require("level");
        int rank = LogLevels.RankOf(level);
        if (rank < 0)
        {
            throw new RpcException(RpcCodes.InvalidParams, $"'{level}' is no level; write '{string.Join("', '", LogLevels.All)}'.");
        }

        request.Session.LogRank = rank;
        foreach ((McpToolSource source, UpstreamSession session) in
            await lists.SessionsAsync(request.Session.Identity, request.Session.View, cancellationToken).ConfigureAwait(false))
        {
            if (session.OffersLogging)
            {
                await request.SendAsync(new Located(source, source.Id), new JsonObject { ["level"] = level }, cancellationToken).ConfigureAwait(false);
            }
        }

        return request.Result(new JsonObject());
    }
}
