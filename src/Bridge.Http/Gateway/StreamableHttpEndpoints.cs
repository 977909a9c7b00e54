using System.Threading.Channels;
using Bridge.Http.Guards;
using Bridge.Identity;
using Bridge.Mcp.Gateway;
using Bridge.Mcp.Listing;
using Bridge.Mcp.Messages;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using ModelContextProtocol.Protocol;

namespace Bridge.Http.Gateway;

/// <summary><c>/mcp</c> and <c>/mcp/SERVER</c>: the gateway over Streamable HTTP, with sessions and without.</summary>
/// <param name="sessions">The sessions.</param>
/// <param name="gateway">The gateway.</param>
internal sealed class StreamableHttpEndpoints(HttpSessions sessions, McpGateway gateway)
{
    private const string SessionHeader = "Mcp-Session-Id";
    private const string LastEventHeader = "Last-Event-ID";
    private const string RevisionHeader = "MCP-Protocol-Version";

    // A client that hears nothing for long takes the request for lost; one that gets headers waits.
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(5);

    private readonly StatelessEndpoint _stateless = new(gateway, sessions.Stopping);

    public void Map(IEndpointRouteBuilder app)
    {
        foreach (string path in (string[])["/mcp", "/mcp/{server}"])
        {
            app.MapPost(path, PostAsync).RequireScope(KeyScopes.Prompts);
            app.MapGet(path, GetAsync).RequireScope(KeyScopes.Prompts);
            app.MapDelete(path, DeleteAsync).RequireScope(KeyScopes.Prompts);
        }
    }

    private async Task PostAsync(HttpContext http)
    {
        if (await MessageBody.ReadAsync(http).ConfigureAwait(false) is not { } message
            || await ViewOfAsync(http, message).ConfigureAwait(false) is not { } view)
        {
            return;
        }

        if (StatelessEndpoint.Speaks(http, message))
        {
            if (await KnowsAsync(http, view, message).ConfigureAwait(false))
            {
                await _stateless.AnswerAsync(http, message, view).ConfigureAwait(false);
            }

            return;
        }

        if (await FindAsync(http, view, message).ConfigureAwait(false) is not { } session)
        {
            return;
        }

        http.Response.Headers[SessionHeader] = session.Core.Id;
        if (!message.IsRequest)
        {
            await session.Core.ReceiveAsync(message, session.Core.Unsolicited, session.Core.Ended).ConfigureAwait(false);
            http.Response.StatusCode = StatusCodes.Status202Accepted;
            return;
        }

        await AnswerAsync(http, session, message).ConfigureAwait(false);
    }

    // That a client hangs up does not cancel what it asked for: the protocol has a message for that.
    private static async Task AnswerAsync(HttpContext http, HttpSession session, RpcMessage message)
    {
        using HttpSession.StreamHold hold = session.HoldStream(http.RequestAborted);
        var reply = new PostReply(http.Response, stateless: false, http.RequestAborted, session.Log);
        Task answering = session.Core.ReceiveAsync(message, reply, session.Core.Ended);
        if (!answering.IsCompleted)
        {
            try
            {
                await answering.WaitAsync(s_patience).ConfigureAwait(false);
            }
            catch (TimeoutException)
            {
                reply.Begin();
            }
        }

        await answering.ConfigureAwait(false);
        await reply.CompleteAsync().ConfigureAwait(false);
    }

    private async Task GetAsync(HttpContext http)
    {
        if (await ViewOfAsync(http, message: null).ConfigureAwait(false) is not { } view
            || await FindAsync(http, view, message: null).ConfigureAwait(false) is not { } session)
        {
            return;
        }

        using HttpSession.StreamHold hold = session.HoldStream(http.RequestAborted);
        http.Response.Headers[SessionHeader] = session.Core.Id;
        await EventStream.BeginAsync(http.Response, http.RequestAborted).ConfigureAwait(false);
        ChannelReader<JsonRpcMessage> unsolicited = session.Core.Unsolicited.Reader;
        if (EventLog.TryParse(http.Request.Headers[LastEventHeader].ToString(), out int stream, out long number))
        {
            await EventStream.ResumeAsync(
                http.Response, session.Log, (stream, number), stream == EventLog.Unsolicited ? unsolicited : null, http.RequestAborted).ConfigureAwait(false);
            return;
        }

        await EventStream.WriteAllAsync(http.Response, unsolicited, http.RequestAborted, session.Log).ConfigureAwait(false);
    }

    private async Task DeleteAsync(HttpContext http)
    {
        if (await ViewOfAsync(http, message: null).ConfigureAwait(false) is { } view
            && await FindAsync(http, view, message: null).ConfigureAwait(false) is { } session)
        {
            session.Core.Dispose();
            http.Response.StatusCode = StatusCodes.Status204NoContent;
        }
    }

    /// <summary>What a request asks to see. Where its address says nothing sensible, the request is answered.</summary>
    private static async Task<GatewayView?> ViewOfAsync(HttpContext http, RpcMessage? message)
    {
        GatewayView view = AskedView.Read(http.Request, out string? problem);
        if (problem is null)
        {
            return view;
        }

        await McpAnswer.RefuseAsync(http, StatusCodes.Status400BadRequest, RpcCodes.InvalidRequest, problem, message?.Id).ConfigureAwait(false);
        return null;
    }

    /// <summary>The session of a request; a new one for <c>initialize</c>. Where there is none, the request is answered.</summary>
    private async Task<HttpSession?> FindAsync(HttpContext http, GatewayView view, RpcMessage? message)
    {
        string id = http.Request.Headers[SessionHeader].ToString();
        string revision = http.Request.Headers[RevisionHeader].ToString();
        if (message is null && StatelessEndpoint.Speaks(http, message))
        {
            http.Response.Headers.Allow = "POST";
            await McpAnswer.RefuseAsync(http, StatusCodes.Status405MethodNotAllowed, RpcCodes.InvalidRequest, "This revision has no sessions; post 'subscriptions/listen' to hear of changes.").ConfigureAwait(false);
            return null;
        }

        if (revision.Length > 0 && !ProtocolRevisions.HasSessions(revision))
        {
            await McpAnswer.RefuseAsync(
                http, StatusCodes.Status400BadRequest, RpcCodes.InvalidRequest, $"'{RevisionHeader}' names a revision that is not spoken here.", message?.Id).ConfigureAwait(false);
            return null;
        }

        if (id.Length == 0 && message is { IsRequest: true, Method: "initialize" })
        {
            return await OpenAsync(http, message, view).ConfigureAwait(false);
        }

        if (id.Length == 0)
        {
            await McpAnswer.RefuseAsync(
                http, StatusCodes.Status400BadRequest, RpcCodes.InvalidRequest, $"The header '{SessionHeader}' is missing; the answer to 'initialize' names the session.", message?.Id).ConfigureAwait(false);
            return null;
        }

        HttpSession? session = sessions.Find(id, http.BridgeIdentity(), view);
        if (session is null)
        {
            await McpAnswer.NoSessionAsync(http, message?.Id).ConfigureAwait(false);
        }

        return session;
    }

    private async Task<bool> KnowsAsync(HttpContext http, GatewayView view, RpcMessage message)
    {
        if (view.Server is null || gateway.Knows(view.Server))
        {
            return true;
        }

        await McpAnswer.RefuseAsync(
            http, StatusCodes.Status404NotFound, RpcCodes.InvalidRequest, $"There is no server '{view.Server}'; '/mcp' shows all there are.", message.Id).ConfigureAwait(false);
        return false;
    }

    private async Task<HttpSession?> OpenAsync(HttpContext http, RpcMessage message, GatewayView view)
    {
        if (!await KnowsAsync(http, view, message).ConfigureAwait(false))
        {
            return null;
        }

        HttpSession? session = sessions.Open(http.BridgeIdentity(), view);
        if (session is null)
        {
            await McpAnswer.TooManyAsync(http, message.Id).ConfigureAwait(false);
        }

        return session;
    }
}
