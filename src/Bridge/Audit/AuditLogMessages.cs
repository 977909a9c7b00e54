using Microsoft.Extensions.Logging;

namespace Bridge.Audit;

/// <summary>What the audit writes into the log.</summary>
internal static partial class AuditLogMessages
{
    [LoggerMessage(EventId = 1400, EventName = "SegmentOpened", Level = LogLevel.Debug, Message = "Calls are recorded in '{Segment}' from now on.")]
    public static partial void SegmentOpened(this ILogger logger, string segment);
}
