using Microsoft.Extensions.Logging;

namespace Bridge.Mcp.Processes;

internal static partial class ProcessLog
{
    [LoggerMessage(EventId = 2000, EventName = "ServerProcessStarted", Level = LogLevel.Debug, Message = "The server '{Server}' runs as process {ProcessId}.")]
    public static partial void Started(ILogger logger, string server, int processId);

    [LoggerMessage(EventId = 2001, EventName = "ServerProcessExited", Level = LogLevel.Debug, Message = "The process {ProcessId} of the server '{Server}' ended with code {ExitCode}.")]
    public static partial void Exited(ILogger logger, string server, int processId, int exitCode);

    [LoggerMessage(EventId = 2002, EventName = "ServerStandardError", Level = LogLevel.Debug, Message = "{Server}: {Line}")]
    public static partial void StandardError(ILogger logger, string server, string line);

    [LoggerMessage(EventId = 2003, EventName = "ServerProcessGroupMissing", Level = LogLevel.Warning, Message = "The server '{Server}' shares Bridge's process group: neither 'setsid' nor 'perl' is installed, so processes it leaves behind may survive it.")]
    public static partial void NoGroup(ILogger logger, string server);

    [LoggerMessage(EventId = 2004, EventName = "ServerProcessKilled", Level = LogLevel.Debug, Message = "The process {ProcessId} of the server '{Server}' did not end when asked and is killed.")]
    public static partial void Killed(ILogger logger, string server, int processId);

    [LoggerMessage(EventId = 2005, EventName = "ServerProcessUnwatched", Level = LogLevel.Warning, Message = "'/bin/sh' cannot be started, so the server '{Server}' may survive Bridge, should Bridge be killed.")]
    public static partial void NoWatch(ILogger logger, string server);
}
