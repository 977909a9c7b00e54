using Bridge.Configuration;
using Bridge.Policy;
using Bridge.Tools;

namespace Bridge.Mcp.Listing;

/// <summary>What of Bridge a client of the gateway sees, and how.</summary>
/// <param name="Server">The one server it sees, under the server's own names; <see langword="null"/> for everything, under names with the server in front.</param>
public sealed record GatewayView(string? Server = null)
{
    /// <summary>Everything.</summary>
    public static GatewayView All { get; } = new();

    /// <summary>How it comes to tools; <see langword="null"/> when the client did not say.</summary>
    public GatewayMode? Mode { get; init; }

    /// <summary>The only tools it sees and calls.</summary>
    public ToolSubset Tools { get; init; } = ToolSubset.All;

    /// <summary>Whether a source belongs to it.</summary>
    /// <param name="source">The source's id.</param>
    /// <returns>Whether it does.</returns>
    public bool Shows(string source) => (Server is null || Server == source) && Tools.MayInclude(source);

    /// <summary>Whether a tool belongs to it.</summary>
    /// <param name="tool">The tool's id.</param>
    /// <returns>Whether it does.</returns>
    public bool Shows(ToolId tool) => (Server is null || Server == tool.Source) && Tools.Includes(tool);
}
