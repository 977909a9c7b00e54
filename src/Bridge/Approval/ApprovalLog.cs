using Bridge.Tools;
using Microsoft.Extensions.Logging;

namespace Bridge.Approval;

/// <summary>What approval writes into the log.</summary>
internal static partial class ApprovalLog
{
    [LoggerMessage(EventId = 1700, EventName = "DefinitionsPinned", Level = LogLevel.Information,
        Message = "The {Count} tool definitions of '{Source}' are trusted from now on; additions and changes wait for approval.")]
    public static partial void DefinitionsPinned(this ILogger logger, int count, string source);

    [LoggerMessage(EventId = 1701, EventName = "AskingFailed", Level = LogLevel.Warning,
        Message = "Asking for consent to the call '{CallId}' of '{Tool}' failed; the call does not run.")]
    public static partial void AskingFailed(this ILogger logger, Exception error, string callId, ToolId tool);
}
