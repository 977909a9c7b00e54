using System.Text.Json.Nodes;
using Bridge.Http.Guards;
using Bridge.Mcp.Gateway;
using Bridge.Mcp.Listing;
using Bridge.Mcp.Messages;
using Microsoft.AspNetCore.Http;

namespace Bridge.Http.Gateway;

/// <summary>Requests of the revision without sessions (2026-07-28): each says all by itself, and its headers must say the same as its body.</summary>
/// <param name="gateway">The gateway.</param>
/// <param name="stopping">The server stops: streams end.</param>
internal sealed class StatelessEndpoint(McpGateway gateway, CancellationToken stopping)
{
    private const string RevisionHeader = "MCP-Protocol-Version", MethodHeader = "Mcp-Method", NameHeader = "Mcp-Name";
    private const string Listen = "subscriptions/listen";

    // Long enough for an error to still choose the status, short enough that nobody takes the request for lost.
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(2);

    /// <summary>Whether a request speaks that revision, or one that is not known yet.</summary>
    /// <param name="http">The request.</param>
    /// <param name="message">Its message; <see langword="null"/> when it has none.</param>
    /// <returns>Whether it does.</returns>
    public static bool Speaks(HttpContext http, RpcMessage? message)
    {
        string header = http.Request.Headers[RevisionHeader].ToString();
        return header == ProtocolRevisions.Stateless
            || (!ProtocolRevisions.HasSessions(header) && message is not null && RequestMeta.Of(message).Revision is not null);
    }

    /// <summary>Answers a request.</summary>
    /// <param name="http">The request.</param>
    /// <param name="message">Its message.</param>
    /// <param name="view">What the address shows.</param>
    /// <returns>When it is answered.</returns>
    public async Task AnswerAsync(HttpContext http, RpcMessage message, GatewayView view)
    {
        if (!message.IsRequest)
        {
            http.Response.StatusCode = StatusCodes.Status202Accepted;
            return;
        }

        if (Check(http.Request, message) is { } wrong)
        {
            await McpAnswer.RefuseAsync(http, StatusCodes.Status400BadRequest, wrong.Code, wrong.Message, message.Id, wrong.Details).ConfigureAwait(false);
            return;
        }

        // Here the end of the connection is the cancellation.
        var reply = new PostReply(http.Response, stateless: true, http.RequestAborted);
        using var end = CancellationTokenSource.CreateLinkedTokenSource(http.RequestAborted, message.Method == Listen ? stopping : CancellationToken.None);
        message.Headers = name => http.Request.Headers[name];
        Task answering = gateway.AnswerAsync(http.BridgeIdentity(), view, message, reply, end.Token);
        try
        {
            await answering.WaitAsync(s_patience).ConfigureAwait(false);
        }
        catch (TimeoutException)
        {
            reply.Begin();
        }

        await answering.ConfigureAwait(false);
        await reply.CompleteAsync().ConfigureAwait(false);
    }

    private static RpcException? Check(HttpRequest request, RpcMessage message)
    {
        string header = request.Headers[RevisionHeader].ToString();
        RequestMeta meta = RequestMeta.Of(message);
        if (meta.Revision is null)
        {
            return new RpcException(RpcCodes.InvalidParams, "'_meta' must hold 'io.modelcontextprotocol/protocolVersion' and 'io.modelcontextprotocol/clientCapabilities'.");
        }

        if (header != meta.Revision)
        {
            return Mismatch($"'{RevisionHeader}' and '_meta' name different revisions.");
        }

        if (meta.Revision != ProtocolRevisions.Stateless)
        {
            var supported = new JsonObject { ["supported"] = new JsonArray(ProtocolRevisions.Stateless), ["requested"] = meta.Revision };
            return new RpcException(RpcCodes.UnsupportedRevision, $"The revision '{meta.Revision}' is not spoken here.", details: supported);
        }

        if (meta.Capabilities.ValueKind == System.Text.Json.JsonValueKind.Undefined)
        {
            return new RpcException(RpcCodes.InvalidParams, "'_meta' must hold 'io.modelcontextprotocol/clientCapabilities', an object.");
        }

        if (request.Headers[MethodHeader].ToString().Trim() != message.Method)
        {
            return Mismatch($"'{MethodHeader}' must be the method of the message, '{message.Method}'.");
        }

        string? name = message.Method switch
        {
            "tools/call" or "prompts/get" => message.Text("name"),
            "resources/read" => message.Text("uri"),
            "tasks/get" or "tasks/update" or "tasks/cancel" => message.Text("taskId"),
            _ => null,
        };
        return name is not null && HeaderText.Decode(request.Headers[NameHeader].ToString().Trim()) != name
            ? Mismatch($"'{NameHeader}' must be what the message names.")
            : null;
    }

    private static RpcException Mismatch(string message) => new(RpcCodes.HeaderMismatch, message);
}
