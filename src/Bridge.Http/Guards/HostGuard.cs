using System.Net;
using Bridge.Configuration;
using Bridge.Http.Errors;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Options;

namespace Bridge.Http.Guards;

/// <summary>
/// Refuses requests that did not mean this server: a page whose name was rebound to loopback sends its own name as Host.
/// The port is not compared, so that forwarded ports work.
/// </summary>
internal sealed class HostGuard(RequestDelegate next, IOptionsMonitor<BridgeOptions> options)
{
    public Task InvokeAsync(HttpContext context)
    {
        HostString host = context.Request.Host;
        return IsAllowed(host, options.CurrentValue.Http)
            ? next(context)
            : ErrorWriter.WriteAsync(context, new ApiError(
                StatusCodes.Status403Forbidden,
                "host_not_allowed",
                "The request's 'Host' is none of this server's names; call it by a loopback name, or add the name to 'Bridge:Http:AllowedHosts'."));
    }

    private static bool IsAllowed(HostString host, HttpOptions http)
    {
        if (!host.HasValue)
        {
            return false;
        }

        string name = Normalize(host.Host);
        return name.Equals("localhost", StringComparison.OrdinalIgnoreCase)
            || (IPAddress.TryParse(name, out IPAddress? address) && IPAddress.IsLoopback(address))
            || http.AllowedHosts.Any(allowed => Normalize(new HostString(allowed).Host).Equals(name, StringComparison.OrdinalIgnoreCase));
    }

    /// <summary>A name with a dot at its end is the same name.</summary>
    private static string Normalize(string host) => host.EndsWith('.') ? host[..^1] : host;
}
