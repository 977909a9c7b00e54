using Microsoft.Extensions.Logging;

namespace Bridge.Traffic;

/// <summary>What the keeping of prompts writes into the log.</summary>
internal static partial class TrafficLogMessages
{
    [LoggerMessage(EventId = 1500, EventName = "TrafficSegmentOpened", Level = LogLevel.Debug, Message = "Prompts are kept in '{Segment}' from now on; {Gone} old segments were deleted.")]
    public static partial void TrafficSegmentOpened(this ILogger logger, string segment, int gone);

    [LoggerMessage(EventId = 1501, EventName = "TrafficDropped", Level = LogLevel.Warning, Message = "{Count} prompts were not kept: they came faster than they could be written.")]
    public static partial void TrafficDropped(this ILogger logger, int count);

    [LoggerMessage(EventId = 1502, EventName = "TrafficNotWritten", Level = LogLevel.Warning, Message = "A prompt was not kept: {Problem}")]
    public static partial void TrafficNotWritten(this ILogger logger, string problem);
}
