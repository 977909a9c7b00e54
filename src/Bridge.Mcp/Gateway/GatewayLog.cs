using Microsoft.Extensions.Logging;

namespace Bridge.Mcp.Gateway;

internal static partial class GatewayLog
{
    [LoggerMessage(EventId = 2310, EventName = "GatewayRequestFailed", Level = LogLevel.Error, Message = "The request '{Method}' of the session '{Session}' failed")]
    public static partial void Failed(ILogger logger, Exception error, string method, string session);

    [LoggerMessage(EventId = 2311, EventName = "GatewaySessionOpened", Level = LogLevel.Debug, Message = "A client '{Identity}' opened the session '{Session}'.")]
    public static partial void Opened(ILogger logger, string identity, string session);

    [LoggerMessage(EventId = 2312, EventName = "GatewaySessionClosed", Level = LogLevel.Debug, Message = "The session '{Session}' ended.")]
    public static partial void Closed(ILogger logger, string session);

    [LoggerMessage(EventId = 2313, EventName = "GatewayListFailed", Level = LogLevel.Warning, Message = "Whether the lists of clients changed could not be found out")]
    public static partial void WatchFailed(ILogger logger, Exception error);
}
