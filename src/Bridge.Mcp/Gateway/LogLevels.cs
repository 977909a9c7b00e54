using System.Collections.Immutable;

namespace Bridge.Mcp.Gateway;

/// <summary>The levels of log messages, as in RFC 5424.</summary>
internal static class LogLevels
{
    private static readonly ImmutableArray<string> s_levels = ["debug", "info", "notice", "warning", "error", "critical", "alert", "emergency"];

    /// <summary>All, the least severe first.</summary>
    public static ImmutableArray<string> All => s_levels;

    /// <summary>The level of clients that did not choose one.</summary>
    public const string Usual = "info";

    /// <summary>How severe a level is.</summary>
    /// <param name="level">The level.</param>
    /// <returns>0 for the least severe; -1 for one that is not known.</returns>
    public static int RankOf(string? level) => level is null ? -1 : s_levels.IndexOf(level);
}
