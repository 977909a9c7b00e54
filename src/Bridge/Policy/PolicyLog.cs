using Bridge.Tools;
using Microsoft.Extensions.Logging;

namespace Bridge.Policy;

/// <summary>What policy writes into the log.</summary>
internal static partial class PolicyLog
{
    [LoggerMessage(EventId = 1250, EventName = "RuleNeverMatches", Level = LogLevel.Warning,
        Message = "The entry '{Pattern}' of Bridge:Tools matches no tool: write an id such as 'SOURCE/{Pattern}', or a glob.")]
    public static partial void RuleNeverMatches(this ILogger logger, string pattern);

    [LoggerMessage(EventId = 1251, EventName = "PolicyFailed", Level = LogLevel.Error,
        Message = "The policy '{Policy}' failed for the tool '{Tool}'; the call is denied.")]
    public static partial void PolicyFailed(this ILogger logger, Exception error, string policy, ToolId tool);
}
