using Microsoft.Extensions.Logging;

namespace Bridge.Identity;

/// <summary>What the checks of tokens write into the log; never a token.</summary>
internal static partial class TokenLog
{
    [LoggerMessage(EventId = 1450, EventName = "TokenKeysNotRead", Level = LogLevel.Error,
        Message = "The keys of the tokens' issuer cannot be read from '{Place}'")]
    public static partial void TokenKeysNotRead(this ILogger logger, Exception error, string place);
}
