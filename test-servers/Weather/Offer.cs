using ModelContextProtocol.Server;

namespace TestServers.Weather;

/// <summary>What the host offers, and how.</summary>
/// <param name="CreateOptions">Makes the tools of one session.</param>
/// <param name="Legacy">Whether it offers the transport of 2024 alone, at the root.</param>
internal sealed record Offer(Func<McpServerOptions> CreateOptions, bool Legacy);
