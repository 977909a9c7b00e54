using Bridge.Policy;
using Bridge.Profiles;
using Bridge.Tools;

namespace Bridge.Proposing;

/// <summary>The confidence below which a call does not count.</summary>
internal static class CallerThresholds
{
    /// <summary>The threshold for calls of a tool.</summary>
    /// <param name="profile">The caller's profile.</param>
    /// <param name="tool">The tool; <see langword="null"/> for one that does not exist.</param>
    /// <param name="rules">What configuration says of tools.</param>
    /// <returns>The threshold; <see langword="null"/> when every call counts.</returns>
    public static double? Of(ModelProfile profile, Tool? tool, ToolRules rules) =>
        tool is null || ChangesNothing(tool, rules) || profile.SideEffectThreshold is not { } higher ? profile.Threshold
        : profile.Threshold is { } threshold ? Math.Max(threshold, higher)
        : higher;

    /// <summary>The caller with every call counting.</summary>
    public static CallerEntry Ignore(CallerEntry entry) => entry with { Profile = entry.Profile with { Threshold = null, SideEffectThreshold = null } };

    // A server's word raises the bar and never lowers it: what configuration does not call read-only is not.
    private static bool ChangesNothing(Tool tool, ToolRules rules) =>
        rules.For(tool).ReadOnly && tool.Annotations is not ({ ReadOnly: false } or { Destructive: true });
}
