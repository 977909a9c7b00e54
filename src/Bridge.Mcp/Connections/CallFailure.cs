using System.Net;
using Bridge.Mcp.Configuration;
using Bridge.Mcp.Messages;
using Bridge.Tools;
using ModelContextProtocol;
using ModelContextProtocol.Protocol;

namespace Bridge.Mcp.Connections;

/// <summary>Decides what a failed call means: an answer of the server, a call that never left, or one whose answer was lost.</summary>
internal static class CallFailure
{
    /// <summary>The server's own refusal as a result; a client of the gateway gets it as it is.</summary>
    /// <exception cref="ToolSourceException">The server wants other headers than it listed: not the client's fault, whose headers were checked.</exception>
    public static ToolResult ToResult(McpServerConfig config, ToolCall call, JsonRpcErrorDetail refused) => refused.Code == RpcCodes.HeaderMismatch
        ? throw new ToolSourceException(
            $"The server '{config.Id}' wants other arguments repeated in headers than it listed: {refused.Message.TrimEnd('.')}. The tool '{call.Tool.Id}' did not run. The tools are listed again; call it again.",
            sent: false,
            new RpcException(refused.Code, refused.Message))
        : ToolResult.FromText($"The server '{config.Id}' refused the call (error {refused.Code}): {refused.Message}", isError: true) with
        {
            RawRepresentation = refused,
        };

    /// <summary>Whether a call failed because the server changed the tool since it was listed. It is not sent again: the new definition is for policy and approval to look at first.</summary>
    public static bool IsOutdated(ToolSourceException error) => error.InnerException is RpcException { Code: RpcCodes.HeaderMismatch };

    /// <summary>Why a session is of no use any more.</summary>
    public static string OtherRevision(McpServerConfig config) => $"The server '{config.Id}' no longer speaks the revision of the protocol that was agreed on";

    /// <summary>Says what a failure means for the call: it was not delivered, or its answer was lost.</summary>
    public static async Task<ToolSourceException> DescribeAsync(McpServerConfig config, ToolCall call, Exception error, UpstreamSession session)
    {
        if (ConnectionFailure.Find<HttpRequestException>(error) is { } http && WasRefused(http))
        {
            if (http.StatusCode is not (HttpStatusCode.Unauthorized or HttpStatusCode.Forbidden or HttpStatusCode.TooManyRequests))
            {
                session.Abandon($"the call was not delivered: {http.Message}");
            }

            UpstreamException said = ConnectionFailure.Describe(config, error, "");
            string cure = http.StatusCode is HttpStatusCode.Unauthorized or HttpStatusCode.Forbidden ? $" {said.Cure}" : "";
            return new ToolSourceException($"{said.Message} The tool '{call.Tool.Id}' did not run.{cure}", sent: false, error);
        }

        if (ConnectionFailure.Find<UnsupportedProtocolVersionException>(error) is not null)
        {
            session.Abandon(OtherRevision(config));
            return new ToolSourceException($"{OtherRevision(config)}. The tool '{call.Tool.Id}' did not run.", sent: false, error);
        }

        if (WasNotWritten(config, error))
        {
            session.Abandon("it closed its input");
            return new ToolSourceException($"The server '{config.Id}' is gone. The tool '{call.Tool.Id}' did not run.", sent: false, error);
        }

        string reason = error is IOException ? await session.ReasonAsync(error.Message).ConfigureAwait(false) : error.Message;
        return new ToolSourceException(
            $"The call of '{call.Tool.Id}' was sent and its answer was lost: {reason.TrimEnd('.')}. Whether the tool ran is not known.", sent: true, error);
    }

    // A pipe that nobody reads any more: the line did not get through whole, and half a line is no request.
    private static bool WasNotWritten(McpServerConfig config, Exception error) =>
        config.Transport == McpTransport.Stdio && error is IOException { InnerException: IOException or ObjectDisposedException };

    // No connection, or a status by which a server says that it did not take the request.
    private static bool WasRefused(HttpRequestException error) => error.StatusCode switch
    {
        null => error.HttpRequestError is HttpRequestError.ConnectionError or HttpRequestError.NameResolutionError or HttpRequestError.SecureConnectionError,
        HttpStatusCode.Unauthorized or HttpStatusCode.Forbidden or HttpStatusCode.NotFound or HttpStatusCode.MethodNotAllowed or HttpStatusCode.TooManyRequests => true,
        HttpStatusCode.BadRequest => true,
        _ => false,
    };
}
