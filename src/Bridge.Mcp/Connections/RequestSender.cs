using System.Text.Json.Nodes;
using Bridge.Mcp.Messages;
using Bridge.Mcp.Wire;
using ModelContextProtocol;
using ModelContextProtocol.Client;
using ModelContextProtocol.Protocol;

namespace Bridge.Mcp.Connections;

/// <summary>Sends requests as they are, so that a cancelled one is cancelled on its server too and nothing unknown is lost.</summary>
/// <param name="client">The SDK's client of the session.</param>
/// <param name="wire">The connection below it.</param>
/// <param name="isPipe">Whether the connection is a pipe, on which a message must be written to its end.</param>
/// <param name="time">The clock.</param>
internal sealed class RequestSender(McpClient client, WireTap wire, bool isPipe, TimeProvider time)
{
    private static readonly TimeSpan s_courtesy = TimeSpan.FromSeconds(2);

    private bool HasSessions => string.CompareOrdinal(client.NegotiatedProtocolVersion, ProtocolVersions.Preferred) <= 0;

    /// <summary>Sends a request and waits for its answer.</summary>
    /// <param name="method">The method.</param>
    /// <param name="parameters">The parameters; the sender's from now on.</param>
    /// <param name="id">An id no other request of the session has.</param>
    /// <param name="cancellationToken">Cancels the request, here and there.</param>
    /// <returns>The answer, good or bad.</returns>
    /// <exception cref="IOException">The connection ended first.</exception>
    public async Task<JsonRpcMessage> SendAsync(string method, JsonObject parameters, string id, CancellationToken cancellationToken)
    {
        var request = new JsonRpcRequest { Id = new RequestId(id), Method = method, Params = parameters };
        if (!HasSessions)
        {
            return await SendWithoutSessionAsync(request, cancellationToken).ConfigureAwait(false);
        }

        try
        {
            return await wire.RequestAsync(request, isPipe, cancellationToken).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
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

    // The end of the HTTP request is the cancellation, and the SDK answers questions between rounds.
    private async Task<JsonRpcMessage> SendWithoutSessionAsync(JsonRpcRequest request, CancellationToken cancellationToken)
    {
        try
        {
            return await client.SendRequestAsync(request, cancellationToken).ConfigureAwait(false);
        }
        catch (McpProtocolException refused) when (ConnectionFailure.Find<HttpRequestException>(refused) is null)
        {
            return Rpc.Error(request.Id, (int)refused.ErrorCode, refused.Message);
        }
    }

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
