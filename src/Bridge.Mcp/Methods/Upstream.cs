using System.Text.Json.Nodes;
using Bridge.Mcp.Connections;
using Bridge.Mcp.Gateway;
using Bridge.Mcp.Listing;
using Bridge.Mcp.Messages;
using Bridge.Tools;
using ModelContextProtocol.Protocol;

namespace Bridge.Mcp.Methods;

/// <summary>Sends what is no tool call on to its server, as it is.</summary>
internal static class Upstream
{
    private static readonly TimeSpan s_patience = TimeSpan.FromMinutes(1);

    /// <summary>Sends a request on.</summary>
    /// <param name="request">The client's request.</param>
    /// <param name="where">The server.</param>
    /// <param name="parameters">The parameters, with the server's own names; given away.</param>
    /// <param name="cancellationToken">Cancels it there too.</param>
    /// <returns>The server's answer, or why there is none, under the client's id.</returns>
    public static Task<JsonRpcMessage> SendAsync(
        this GatewayRequest request, Located where, JsonObject parameters, CancellationToken cancellationToken) =>
        request.SendAsync(where, request.Message.Method!, parameters, cancellationToken);

    /// <summary>Sends another request on behalf of a client's.</summary>
    /// <param name="request">The client's request.</param>
    /// <param name="where">The server.</param>
    /// <param name="method">What is asked of it.</param>
    /// <param name="parameters">The parameters, with the server's own names; given away.</param>
    /// <param name="cancellationToken">Cancels it there too.</param>
    /// <returns>The server's answer, or why there is none, under the client's id.</returns>
    public static async Task<JsonRpcMessage> SendAsync(
        this GatewayRequest request, Located where, string method, JsonObject parameters, CancellationToken cancellationToken)
    {
        parameters.Remove("_meta"); // the session adds it, with a token of its own
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(where.Source.Config.CallTimeout ?? s_patience);
        try
        {
            UpstreamSession session = await where.Source.AcquireAsync(request.Session.Identity, limit.Token).ConfigureAwait(false);
            JsonRpcMessage answer = await session.RequestAsync(method, parameters, request.Context, limit.Token).ConfigureAwait(false);
            return answer is JsonRpcError refused
                ? new JsonRpcError { Id = request.Id, Error = refused.Error }
                : request.Result(((JsonRpcResponse)answer).Result ?? new JsonObject());
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return Rpc.Error(request.Id, RpcCodes.InternalError, $"The server '{where.Source.Id}' did not answer in time.");
        }
        catch (Exception error) when (error is ToolSourceException or IOException or HttpRequestException)
        {
            return Rpc.Error(request.Id, RpcCodes.InternalError, $"The server '{where.Source.Id}' did not answer: {error.Message}");
        }
    }
}
