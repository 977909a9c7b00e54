using System.Text.Json.Nodes;
using Bridge.Mcp.Messages;
using Microsoft.AspNetCore.Http;
using ModelContextProtocol.Protocol;

namespace Bridge.Http.Gateway;

/// <summary>Errors of the transport, in the shape of the protocol.</summary>
internal static class McpAnswer
{
    /// <summary>Refuses a request.</summary>
    /// <param name="http">The request.</param>
    /// <param name="status">The HTTP status.</param>
    /// <param name="code">The code, of <see cref="RpcCodes"/>.</param>
    /// <param name="message">Why, in a sentence.</param>
    /// <param name="id">The id of the message, where it is known.</param>
    /// <param name="details">More, for programs.</param>
    /// <returns>When it is written.</returns>
    public static async Task RefuseAsync(HttpContext http, int status, int code, string message, RequestId? id = null, JsonObject? details = null)
    {
        byte[] json = Rpc.ToUtf8(Rpc.Error(id, code, message, details));
        http.Response.StatusCode = status;
        http.Response.ContentType = "application/json";
        http.Response.ContentLength = json.Length;
        await http.Response.Body.WriteAsync(json, http.RequestAborted).ConfigureAwait(false);
    }

    /// <summary>Refuses a session that is not there.</summary>
    /// <param name="http">The request.</param>
    /// <param name="id">The id of the message, where it is known.</param>
    /// <returns>When it is written.</returns>
    public static Task NoSessionAsync(HttpContext http, RequestId? id = null) => RefuseAsync(
        http, StatusCodes.Status404NotFound, RpcCodes.InvalidRequest, "There is no such session; begin a new one with 'initialize'.", id);

    /// <summary>Refuses one session more.</summary>
    /// <param name="http">The request.</param>
    /// <param name="id">The id of the message, where it is known.</param>
    /// <returns>When it is written.</returns>
    public static Task TooManyAsync(HttpContext http, RequestId? id = null)
    {
        http.Response.Headers.RetryAfter = "5";
        return RefuseAsync(http, StatusCodes.Status503ServiceUnavailable, RpcCodes.InternalError, "There are as many sessions as 'Bridge:Gateway:MaxSessions' allows; try again later.", id);
    }
}
