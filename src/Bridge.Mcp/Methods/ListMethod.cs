using System.Text.Json.Nodes;
using Bridge.Mcp.Gateway;
using Bridge.Mcp.Listing;
using ModelContextProtocol.Protocol;

namespace Bridge.Mcp.Methods;

/// <summary>A list, page by page.</summary>
/// <param name="name">The method.</param>
/// <param name="time">The clock.</param>
internal abstract class ListMethod(string name, TimeProvider time) : IGatewayMethod
{
    /// <inheritdoc/>
    public string Name => name;

    /// <inheritdoc/>
    public async Task<JsonRpcMessage> RunAsync(GatewayRequest request, CancellationToken cancellationToken)
    {
        ListPages pages = await PagesAsync(request.Session, cancellationToken).ConfigureAwait(false);
        string? cursor = request.Message.Member("cursor") is null ? null : request.Require("cursor");
        JsonObject page = pages.Page(cursor);
        if (pages.Freshness is { } freshness && request.Session.Profile?.IsStateless == true)
        {
            page = page.DeepClone().AsObject(); // what is left of its time is another at each request
            page[ProtocolRevisions.Lifetime] = ProtocolRevisions.LifetimeMs(freshness.Until - time.GetUtcNow());
        }

        JsonRpcMessage answer = request.Result(page);
        request.Session.SeenVersions[name] = pages.Version;
        return answer;
    }

    /// <summary>The list as a client sees it.</summary>
    protected abstract ValueTask<ListPages> PagesAsync(GatewaySession session, CancellationToken cancellationToken);
}
