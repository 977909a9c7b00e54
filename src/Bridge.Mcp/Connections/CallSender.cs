using ModelContextProtocol;
using ModelContextProtocol.Client;
using ModelContextProtocol.Protocol;

namespace Bridge.Mcp.Connections;

/// <summary>Sends calls so that a cancelled one is cancelled on its server too.</summary>
internal sealed class CallSender(McpClient client, TimeProvider time)
{
    private static readonly TimeSpan s_courtesy = TimeSpan.FromSeconds(2);

    /// <summary>Sends a call and waits for its answer.</summary>
    /// <param name="request">The call.</param>
    /// <param name="id">An id no other request of the session has.</param>
    /// <param name="cancellationToken">Cancels the call, here and there.</param>
    public async Task<CallToolResult> SendAsync(CallToolRequestParams request, string id, CancellationToken cancellationToken)
    {
        if (string.CompareOrdinal(client.NegotiatedProtocolVersion, ProtocolVersions.Preferred) > 0)
        {
            // Without sessions the end of the HTTP request is the cancellation, and the SDK answers questions between rounds.
            return await client.CallToolAsync(request, cancellationToken).ConfigureAwait(false);
        }

        // The SDK stops waiting when cancelled but does not tell the server; for that the request's id must be known.
        var requestId = new RequestId(id);
        try
        {
            return await client.SendRequestAsync<CallToolRequestParams, CallToolResult>(
                RequestMethods.ToolsCall, request, McpJsonUtilities.DefaultOptions, requestId, cancellationToken).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            await CancelAsync(requestId).ConfigureAwait(false);
            throw;
        }
    }

    private async Task CancelAsync(RequestId requestId)
    {
        try
        {
            using var limit = new CancellationTokenSource(s_courtesy, time);
            var notice = new CancelledNotificationParams { RequestId = requestId, Reason = "The caller no longer waits." };
            await client.SendNotificationAsync(
                NotificationMethods.CancelledNotification, notice, McpJsonUtilities.DefaultOptions, limit.Token).ConfigureAwait(false);
        }
        catch (Exception error) when (error is IOException or HttpRequestException or OperationCanceledException or McpException or InvalidOperationException)
        {
            // The session is gone, and with it the call.
        }
    }
}
