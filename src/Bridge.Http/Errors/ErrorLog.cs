using Microsoft.Extensions.Logging;

namespace Bridge.Http.Errors;

/// <summary>What the log says of requests that failed.</summary>
internal static partial class ErrorLog
{
    [LoggerMessage(4000, LogLevel.Error, "The request '{RequestId}' to '{Path}' failed", EventName = "RequestFailed")]
    public static partial void RequestFailed(ILogger logger, Exception error, string requestId, string path);

    [LoggerMessage(4001, LogLevel.Debug, "The client of the request '{RequestId}' went away", EventName = "ClientGone")]
    public static partial void ClientGone(ILogger logger, string requestId);

    [LoggerMessage(4002, LogLevel.Debug, "The request '{RequestId}' was refused with {Status} '{Code}': {Message}", EventName = "RequestRefused")]
    public static partial void RequestRefused(ILogger logger, string requestId, int status, string code, string message);
}
