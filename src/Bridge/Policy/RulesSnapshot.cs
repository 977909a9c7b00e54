using Bridge.Configuration;

namespace Bridge.Policy;

/// <summary>What configuration says about calls at one moment, compiled. A call keeps the snapshot it began with.</summary>
/// <param name="Tools">What is said of single tools.</param>
/// <param name="Limits">The limits.</param>
/// <param name="Approval">When a person is asked.</param>
internal sealed record RulesSnapshot(ToolRules Tools, LimitOptions Limits, ApprovalOptions Approval)
{
    /// <summary>Compiles the options.</summary>
    /// <param name="options">The options.</param>
    /// <returns>The snapshot.</returns>
    public static RulesSnapshot Compile(BridgeOptions options) => new(new ToolRules(options.Tools), options.Limits, options.Approval);
}
