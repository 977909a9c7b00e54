using Microsoft.Extensions.Logging;

namespace Bridge.Http.Hosting;

/// <summary>What the log says of the start of the HTTP faces.</summary>
internal static partial class HostingLog
{
    [LoggerMessage(4030, LogLevel.Warning, "{Warning}", EventName = "OpenAccess")]
    public static partial void OpenAccess(ILogger logger, string warning);

    [LoggerMessage(4031, LogLevel.Information, "Listening on {Addresses}", EventName = "Listening")]
    public static partial void Listening(ILogger logger, string addresses);
}
