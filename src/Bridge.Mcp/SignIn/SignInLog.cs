using Microsoft.Extensions.Logging;

namespace Bridge.Mcp.SignIn;

internal static partial class SignInLog
{
    [LoggerMessage(EventId = 2400, EventName = "LoginRefreshed", Level = LogLevel.Debug, Message = "The login at the server '{Server}' was refreshed.")]
    public static partial void Refreshed(ILogger logger, string server);

    [LoggerMessage(EventId = 2401, EventName = "LoginNotRefreshed", Level = LogLevel.Warning, Message = "The login at the server '{Server}' could not be refreshed: {Reason}")]
    public static partial void NotRefreshed(ILogger logger, string server, string reason);

    [LoggerMessage(EventId = 2402, EventName = "LoginNotRevoked", Level = LogLevel.Warning, Message = "The login at the server '{Server}' is forgotten here, but its tokens could not be given back: {Reason}")]
    public static partial void NotRevoked(ILogger logger, string server, string reason);

    [LoggerMessage(EventId = 2403, EventName = "ScopeMissing", Level = LogLevel.Warning, Message = "The server '{Server}' wants the scopes '{Scopes}', which the login lacks. 'bridge servers login {Arguments}' asks for them.")]
    public static partial void ScopeMissing(ILogger logger, string server, string arguments, string scopes);
}
