using Microsoft.Extensions.Logging;

namespace Bridge.Mcp.Wire;

/// <summary>What the wire tells.</summary>
internal static partial class WireLog
{
    [LoggerMessage(EventId = 2150, EventName = "LineIsNoMessage", Level = LogLevel.Debug, Message = "A line of the server's output is no message and was passed over: {Reason}")]
    public static partial void NoMessage(ILogger logger, string reason);
}
