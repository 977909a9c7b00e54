using System.Collections.Immutable;

namespace Bridge.Mcp.Gateway;

/// <summary>The revisions of MCP that clients may speak with the gateway; the one place that knows how they differ.</summary>
public static class ProtocolRevisions
{
    /// <summary>The newest revision with sessions.</summary>
    public const string Newest = "2025-11-25";

    /// <summary>The revision that clients speak who do not say which.</summary>
    public const string Unsaid = "2025-03-26";

    private static readonly ImmutableArray<string> s_known = ["2024-11-05", "2025-03-26", "2025-06-18", Newest];

    /// <summary>Whether the gateway speaks a revision.</summary>
    /// <param name="revision">The revision.</param>
    /// <returns>Whether it does.</returns>
    public static bool IsKnown(string revision) => s_known.Contains(revision);

    /// <summary>The revision of a session.</summary>
    /// <param name="asked">What the client asked for.</param>
    /// <returns>The same where it is known, else the newest.</returns>
    public static string Negotiate(string? asked) => asked is not null && IsKnown(asked) ? asked : Newest;
}
