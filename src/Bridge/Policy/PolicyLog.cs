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

    [LoggerMessage(EventId = 1252, EventName = "RuleUnreadable", Level = LogLevel.Error,
        Message = "A rule cannot be read, so the tools it is for are denied. {Problem}")]
    public static partial void RuleUnreadable(this ILogger logger, string problem);

    [LoggerMessage(EventId = 1253, EventName = "PolicyReloaded", Level = LogLevel.Information,
        Message = "'{Path}' was read again: {Rules} rules are in force.")]
    public static partial void PolicyReloaded(this ILogger logger, string path, int rules);

    [LoggerMessage(EventId = 1254, EventName = "PolicyKept", Level = LogLevel.Error,
        Message = "'{Path}' was changed and cannot be used; the rules before stay in force. {Problems}")]
    public static partial void PolicyKept(this ILogger logger, string path, string problems);

    [LoggerMessage(EventId = 1255, EventName = "PolicyFileGone", Level = LogLevel.Warning,
        Message = "'{Path}' is gone; its rules stay in force until the program ends. To have none, write an empty list of rules.")]
    public static partial void PolicyGone(this ILogger logger, string path);
}
