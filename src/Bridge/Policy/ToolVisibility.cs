using System.Collections.Immutable;
using Bridge.Tools;

namespace Bridge.Policy;

/// <summary>Which tools a client is shown at all: what it must not call whatever it says is not listed for it. Thread-safe.</summary>
/// <remarks>To hide is a courtesy to agents; the door decides about every call, listed or not.</remarks>
public sealed class ToolVisibility
{
    private readonly RulesMonitor _rules;
    private readonly ImmutableArray<IToolPolicy> _policies;

    internal ToolVisibility(RulesMonitor rules, IEnumerable<IToolPolicy> policies) => (_rules, _policies) = (rules, [.. policies]);

    /// <summary>Other tools may be visible now; raised on any thread.</summary>
    public event Action? Changed
    {
        add => _rules.Changed += value;
        remove => _rules.Changed -= value;
    }

    /// <summary>What the answers go by; another object after a change.</summary>
    public object Version => _rules.Current;

    /// <summary>Whether a client is shown a tool.</summary>
    /// <param name="tool">The tool.</param>
    /// <param name="identity">The client.</param>
    /// <param name="byModel">Whether a model proposes its calls, rather than the client itself.</param>
    /// <returns>Whether it is.</returns>
    public bool Shows(Tool tool, ClientIdentity identity, bool byModel = false)
    {
        ArgumentNullException.ThrowIfNull(tool);
        RulesSnapshot rules = _rules.Current;
        return !rules.Tools.For(tool).Deny
            && !rules.Policy.DeniesAll(tool.Id, identity, byModel)
            && !_policies.Any(policy => policy.Hides(tool, identity));
    }
}
