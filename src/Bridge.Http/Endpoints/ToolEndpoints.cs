using Bridge.Catalog;
using Bridge.Http.Contracts;
using Bridge.Http.Guards;
using Bridge.Identity;
using Bridge.Tools;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Bridge.Http.Endpoints;

/// <summary><c>GET /v1/tools</c>: the tools as the client sees them.</summary>
internal static class ToolEndpoints
{
    public static void Map(IEndpointRouteBuilder app) => app.MapGet("/v1/tools", ListAsync).RequireScope(KeyScopes.Read);

    private static async Task<IResult> ListAsync(HttpContext http, ToolCatalog catalog)
    {
        var context = new CallContext { Identity = http.BridgeIdentity() };
        CatalogSnapshot snapshot = await catalog.GetAsync(context, http.RequestAborted).ConfigureAwait(false);
        return Results.Json(snapshot.ToContract(), BridgeJsonContext.Default.ToolListContract);
    }
}
