using Microsoft.Extensions.Logging;

namespace Bridge.Http.Guards;

/// <summary>What the log says of requests that the guards turned away; never a key.</summary>
internal static partial class GuardLog
{
    [LoggerMessage(4010, LogLevel.Warning, "The request '{RequestId}' was not admitted: '{Code}'", EventName = "NotAdmitted")]
    public static partial void NotAdmitted(ILogger logger, string requestId, string code);

    [LoggerMessage(4012, LogLevel.Warning, "The request '{RequestId}' of '{Client}' was turned away: the requests of a minute are used up", EventName = "RateLimited")]
    public static partial void RateLimited(ILogger logger, string requestId, string client);

    [LoggerMessage(4011, LogLevel.Warning, "The request '{RequestId}' was turned away: {Running} prompts run and {Waiting} wait", EventName = "Overloaded")]
    public static partial void Overloaded(ILogger logger, string requestId, int running, int waiting);
}
