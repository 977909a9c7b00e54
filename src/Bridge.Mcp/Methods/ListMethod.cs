using Bridge.Mcp.Gateway;
using Bridge.Mcp.Listing;
using ModelContextProtocol.Protocol;

namespace Bridge.Mcp.Methods;

/// <summary>A list, page by page.</summary>
/// <param name="name">The method.</param>
internal abstract class ListMethod(string name) : IGatewayMethod
{
    /// <inheritdoc/>
    public string Name => name;

    /// <inheritdoc/>
    public async Task<JsonRpcMessage> RunAsync(GatewayRequest request, CancellationToken cancellationToken)
    {
        ListPages pages = await PagesAsync(request.Session, cancellationToken).ConfigureAwait(false);
        string? cursor = request.Message.Member("cursor") is null ? null : request.Require("cursor");
        JsonRpcMessage answer = request.Result(pages.Page(cursor));
        request.Session.SeenVersions[name] = pages.Version;
        return answer;
    }

    /// <summary>The list as a client sees it.</summary>
    protected abstract ValueTask<ListPages> PagesAsync(GatewaySession session, CancellationToken cancellationToken);
}
