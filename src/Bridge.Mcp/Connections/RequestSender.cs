using System.Text.Json.Nodes;
using Bridge.Mcp.Messages;
using Bridge.Mcp.Wire;
using ModelContextProtocol;
using ModelContextProtocol.Protocol;

namespace Bridge.Mcp.Connections;

/// <summary>Sends requests as they are, so that a cancelled one is cancelled on its server too and nothing unknown is lost.</summary>
/// <param name="wire">The connection.</param>
/// <param name="isPipe">Whether the connection is a pipe, on which a message must be written to its end.</param>
/// <param name="tellsCancelled">Whether the server must be told of a cancelled request; else the end of the HTTP request says it.</param>
/// <param name="time">The clock.</param>
internal sealed class RequestSender(WireTap wire, bool isPipe, bool tellsCancelled, TimeProvider time)
{
    private static readonly TimeSpan s_courtesy = TimeSpan.FromSeconds(2);

    /// <summary>Sends a request and waits for its answer.</summary>
    /// <param name="request">The request; its id is no other request's of the session.</param>
    /// <param name="cancellationToken">Cancels the request, here and there.</param>
    /// <returns>The answer, good or bad.</returns>
    /// <exception cref="IOException">The connection ended first.</exception>
    public async Task<JsonRpcMessage> SendAsync(JsonRpcRequest request, CancellationToken cancellationToken)
    {
        try
        {
            return await wire.RequestAsync(request, isPipe, cancellationToken).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested && tellsCancelled)
        {
            await CancelAsync(request.Id).ConfigureAwait(false);
            throw;
        }
    }

    /// <summary>Tells the server something.</summary>
    /// <param name="notification">What.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>When it is written.</returns>
    public Task NotifyAsync(JsonRpcNotification notification, CancellationToken cancellationToken) =>
        wire.SendMessageAsync(notification, cancellationToken);

    private async Task CancelAsync(RequestId requestId)
    {
        try
        {
            using var limit = new CancellationTokenSource(s_courtesy, time);
            JsonNode id = requestId.Id is long number ? number : requestId.ToString();
            JsonRpcNotification notice = Rpc.Notification(
                McpMethods.Cancelled, new JsonObject { ["requestId"] = id, ["reason"] = "The caller no longer waits." });
            await wire.SendMessageAsync(notice, limit.Token).ConfigureAwait(false);
        }
        catch (Exception error) when (error is IOException or HttpRequestException or OperationCanceledException or McpException or InvalidOperationException)
        {
            // The session is gone, and with it the call.
        }
    }
}
