using System.Text;
using Bridge.Http.Guards;
using Bridge.Identity;
using Bridge.Mcp.Gateway;
using Bridge.Mcp.Listing;
using Bridge.Mcp.Messages;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Bridge.Http.Gateway;

/// <summary><c>/sse</c> and <c>/sse/SERVER</c>: the gateway over the transport of 2024, for clients that know no other.</summary>
/// <param name="sessions">The sessions.</param>
/// <param name="gateway">The gateway.</param>
internal sealed class SseEndpoints(HttpSessions sessions, McpGateway gateway)
{
    private const string MessagePath = "/sse/message";

    public void Map(IEndpointRouteBuilder app)
    {
        app.MapGet("/sse", StreamAsync).RequireScope(KeyScopes.Prompts);
        app.MapGet("/sse/{server}", StreamAsync).RequireScope(KeyScopes.Prompts);
        app.MapPost(MessagePath, PostAsync).RequireScope(KeyScopes.Prompts);
    }

    private async Task StreamAsync(HttpContext http)
    {
        GatewayView view = AskedView.Read(http.Request, out string? problem);
        if (problem is not null)
        {
            await McpAnswer.RefuseAsync(http, StatusCodes.Status400BadRequest, RpcCodes.InvalidRequest, problem).ConfigureAwait(false);
            return;
        }

        if (view.Server is not null && !gateway.Knows(view.Server))
        {
            http.Response.StatusCode = StatusCodes.Status404NotFound;
            return;
        }

        if (sessions.Open(http.BridgeIdentity(), view) is not { } session)
        {
            await McpAnswer.TooManyAsync(http).ConfigureAwait(false);
            return;
        }

        using GatewaySession core = session.Core;
        using HttpSession.StreamHold hold = session.HoldStream(http.RequestAborted);
        await EventStream.BeginAsync(http.Response, http.RequestAborted).ConfigureAwait(false);
        byte[] endpoint = Encoding.UTF8.GetBytes($"event: endpoint\ndata: {http.Request.PathBase}{MessagePath}?sessionId={core.Id}");
        await EventStream.WriteAsync(http.Response, endpoint, default, http.RequestAborted).ConfigureAwait(false);
        await EventStream.WriteAllAsync(http.Response, core.Unsolicited.Reader, http.RequestAborted).ConfigureAwait(false);
    }

    private async Task PostAsync(HttpContext http)
    {
        if (sessions.Find(http.Request.Query["sessionId"].ToString(), http.BridgeIdentity(), view: null) is not { } session)
        {
            await McpAnswer.NoSessionAsync(http).ConfigureAwait(false);
            return;
        }

        if (await MessageBody.ReadAsync(http).ConfigureAwait(false) is { } message)
        {
            // The answer goes to the stream; how many requests run at once is bounded by the session.
            _ = ReceiveAsync(session.Core, message);
            http.Response.StatusCode = StatusCodes.Status202Accepted;
        }
    }

    private static async Task ReceiveAsync(GatewaySession session, RpcMessage message)
    {
        try
        {
            await session.ReceiveAsync(message, session.Unsolicited, session.Ended).ConfigureAwait(false);
        }
        catch (Exception error) when (error is IOException or OperationCanceledException)
        {
            // The stream has ended, and with it the session.
        }
    }
}
