namespace Bridge.Mcp.Listing;

/// <summary>What of Bridge a client of the gateway sees.</summary>
/// <param name="Server">The one server it sees, under the server's own names; <see langword="null"/> for everything, under names with the server in front.</param>
public sealed record GatewayView(string? Server = null)
{
    /// <summary>Everything.</summary>
    public static GatewayView All { get; } = new();

    /// <summary>Whether a source belongs to it.</summary>
    /// <param name="source">The source's id.</param>
    /// <returns>Whether it does.</returns>
    public bool Shows(string source) => Server is null || Server == source;
}
