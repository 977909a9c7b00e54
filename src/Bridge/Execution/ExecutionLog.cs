using Bridge.Tools;
using Microsoft.Extensions.Logging;

namespace Bridge.Execution;

/// <summary>What the door writes into the log.</summary>
internal static partial class ExecutionLog
{
    [LoggerMessage(EventId = 1200, EventName = "CallFaulted", Level = LogLevel.Error,
        Message = "The call '{CallId}' of '{Tool}' failed by a fault that is not the tool's ('{ExecutionId}').")]
    public static partial void CallFaulted(this ILogger logger, Exception error, ToolId tool, string callId, string executionId);

    [LoggerMessage(EventId = 1201, EventName = "CallCancelled", Level = LogLevel.Debug,
        Message = "The caller cancelled the call '{CallId}' of '{Tool}'.")]
    public static partial void CallCancelled(this ILogger logger, ToolId tool, string callId);

    [LoggerMessage(EventId = 1202, EventName = "SourceFailed", Level = LogLevel.Warning,
        Message = "The source of '{Tool}' failed the call '{CallId}' (sent: {Sent}).")]
    public static partial void SourceFailed(this ILogger logger, Exception error, ToolId tool, string callId, bool sent);

    [LoggerMessage(EventId = 1203, EventName = "StartNotRecorded", Level = LogLevel.Error,
        Message = "The start of the call '{CallId}' of '{Tool}' could not be recorded, so it did not run ('{ExecutionId}').")]
    public static partial void StartNotRecorded(this ILogger logger, Exception error, ToolId tool, string callId, string executionId);

    [LoggerMessage(EventId = 1204, EventName = "EndNotRecorded", Level = LogLevel.Error,
        Message = "What became of the call '{CallId}' of '{Tool}' could not be recorded ('{ExecutionId}').")]
    public static partial void EndNotRecorded(this ILogger logger, Exception error, ToolId tool, string callId, string executionId);
}
