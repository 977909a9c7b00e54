using Bridge.Mcp.Sources;

namespace Bridge.Mcp.Listing;

/// <summary>Where something is that a client named.</summary>
/// <param name="Source">The server.</param>
/// <param name="Name">What the server calls it: a name or a URI.</param>
internal sealed record Located(McpToolSource Source, string Name);
