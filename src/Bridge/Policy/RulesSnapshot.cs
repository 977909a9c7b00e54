using Bridge.Configuration;
using Bridge.Redaction;

namespace Bridge.Policy;

/// <summary>What configuration says about calls at one moment, compiled. A call keeps the snapshot it began with.</summary>
/// <param name="Tools">What is said of single tools.</param>
/// <param name="Limits">The limits.</param>
/// <param name="Approval">When a person is asked.</param>
/// <param name="Policy">The rules of the policy file.</param>
/// <param name="Results">What becomes of results.</param>
internal sealed record RulesSnapshot(ToolRules Tools, LimitOptions Limits, ApprovalOptions Approval, PolicyRules Policy, ResultRules Results)
{
    /// <summary>Compiles the options.</summary>
    /// <param name="options">The options.</param>
    /// <param name="policy">The rules of the policy file.</param>
    /// <returns>The snapshot.</returns>
    public static RulesSnapshot Compile(BridgeOptions options, PolicyRules policy) => new(
        new ToolRules(options.Tools),
        options.Limits,
        options.Approval,
        policy,
        new ResultRules(new SecretRedactor(options.Redaction.Patterns), options.Redaction.Results));
}
