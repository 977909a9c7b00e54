using Bridge.Configuration;
using Microsoft.Extensions.Logging;

namespace Bridge.Mcp.Sources;

internal static partial class ServersLog
{
    [LoggerMessage(EventId = 2200, EventName = "ServerFileUnusable", Level = LogLevel.Error, Message = "The file of servers '{Path}' cannot be used; its last good state stays. {Problems}")]
    public static partial void BadFile(ILogger logger, string path, string problems);

    [LoggerMessage(EventId = 2201, EventName = "ServerEntryProblem", Level = LogLevel.Warning, Message = "{Problem}")]
    public static partial void BadServer(ILogger logger, ConfigProblem problem);

    [LoggerMessage(EventId = 2202, EventName = "ServersApplied", Level = LogLevel.Information, Message = "Servers configured: {Count}; stopped or started anew: {Stopped}.")]
    public static partial void Applied(ILogger logger, int count, int stopped);
}
