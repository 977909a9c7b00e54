using Bridge.Configuration;
using Bridge.Http.Errors;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Primitives;

namespace Bridge.Http.Guards;

/// <summary>Refuses web pages that are not listed, and lets browsers know of those that are.</summary>
internal sealed class OriginGuard(RequestDelegate next, IOptionsMonitor<BridgeOptions> options)
{
    public Task InvokeAsync(HttpContext context)
    {
        StringValues origin = context.Request.Headers.Origin;
        if (origin.Count == 0)
        {
            return next(context);
        }

        if (origin.Count > 1 || !(IsOwn(origin.ToString(), context.Request) || IsAllowed(origin.ToString(), options.CurrentValue.Http)))
        {
            return ErrorWriter.WriteAsync(context, new ApiError(
                StatusCodes.Status403Forbidden,
                "origin_not_allowed",
                "Pages of this 'Origin' may not call this server; add it to 'Bridge:Http:AllowedOrigins' if they should."));
        }

        IHeaderDictionary headers = context.Response.Headers;
        headers.AccessControlAllowOrigin = origin;
        headers.AccessControlExposeHeaders = $"{RequestIdGuard.Header}, Mcp-Session-Id";
        headers.Vary = "Origin";
        if (!HttpMethods.IsOptions(context.Request.Method) || StringValues.IsNullOrEmpty(context.Request.Headers.AccessControlRequestMethod))
        {
            return next(context);
        }

        headers.AccessControlAllowMethods = "GET, POST, DELETE";
        headers.AccessControlAllowHeaders = context.Request.Headers.AccessControlRequestHeaders;
        context.Response.StatusCode = StatusCodes.Status204NoContent;
        return Task.CompletedTask;
    }

    /// <summary>A page of this server itself; that the name is one of this server's was checked before.</summary>
    private static bool IsOwn(string origin, HttpRequest request) =>
        origin.Equals($"{request.Scheme}://{request.Host.Value}", StringComparison.OrdinalIgnoreCase);

    /// <summary><c>null</c> is the origin of sandboxed and local pages, of which anybody can make one: it cannot be listed.</summary>
    private static bool IsAllowed(string origin, HttpOptions http) =>
        origin != "null"
        && http.AllowedOrigins.Any(allowed => allowed.TrimEnd('/').Equals(origin, StringComparison.OrdinalIgnoreCase));
}
