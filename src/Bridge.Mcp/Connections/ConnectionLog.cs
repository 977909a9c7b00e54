using Microsoft.Extensions.Logging;

namespace Bridge.Mcp.Connections;

internal static partial class ConnectionLog
{
    [LoggerMessage(EventId = 2100, EventName = "ServerReady", Level = LogLevel.Information, Message = "The server '{Server}' is ready with {Tools} tools.")]
    public static partial void Ready(ILogger logger, string server, int tools);

    [LoggerMessage(EventId = 2101, EventName = "ServerUnavailable", Level = LogLevel.Warning, Message = "{Reason} The next attempt is in {DelayMs} ms.")]
    public static partial void Unavailable(ILogger logger, string reason, long delayMs);

    [LoggerMessage(EventId = 2102, EventName = "ServerLost", Level = LogLevel.Warning, Message = "The server '{Server}' was lost: {Reason}. It is connected again.")]
    public static partial void Lost(ILogger logger, string server, string reason);

    [LoggerMessage(EventId = 2103, EventName = "ToolQuarantined", Level = LogLevel.Warning, Message = "The tool '{Tool}' is not offered: {Reason}")]
    public static partial void Quarantined(ILogger logger, string tool, string reason);

    [LoggerMessage(EventId = 2104, EventName = "ServerToolsChanged", Level = LogLevel.Information, Message = "The server '{Server}' now lists {Tools} tools.")]
    public static partial void ToolsChanged(ILogger logger, string server, int tools);

    [LoggerMessage(EventId = 2105, EventName = "ServerListFailed", Level = LogLevel.Warning, Message = "The server '{Server}' said that its tools changed and then failed to list them: {Reason} What it listed before stays.")]
    public static partial void ListFailed(ILogger logger, string server, string reason);

    [LoggerMessage(EventId = 2106, EventName = "ServerProtocolVersion", Level = LogLevel.Debug, Message = "The server '{Server}' refused the protocol version; trying '{Version}' (empty for the newest).")]
    public static partial void OtherVersion(ILogger logger, string server, string version);

    [LoggerMessage(EventId = 2107, EventName = "ClientHasNoCredential", Level = LogLevel.Debug, Message = "The server '{Server}' is not connected: {Reason}")]
    public static partial void NoCredential(ILogger logger, string server, string reason);
}
