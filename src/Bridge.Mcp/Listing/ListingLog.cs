using Microsoft.Extensions.Logging;

namespace Bridge.Mcp.Listing;

internal static partial class ListingLog
{
    [LoggerMessage(EventId = 2300, EventName = "FeaturesNotListed", Level = LogLevel.Warning, Message = "The server '{Server}' did not list what it offers beside tools: {Reason} The others are listed.")]
    public static partial void NotListed(ILogger logger, string server, string reason);
}
