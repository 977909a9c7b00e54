using System.Collections.Immutable;
using System.Text.Json;
using Bridge.Tools;

namespace Bridge.Policy;

/// <summary>The rules of the policy file in their order: the first that fits a call decides, and what none fits is allowed. Immutable and thread-safe.</summary>
/// <param name="Rules">The rules; those that could not be read come first, as denials.</param>
internal sealed record PolicyRules(ImmutableArray<PolicyRule> Rules)
{
    /// <summary>No rules: everything is allowed.</summary>
    public static PolicyRules None { get; } = new([]);

    /// <summary>Whether any rule looks at arguments.</summary>
    public bool HasConditions { get; } = Rules.Any(rule => !rule.Conditions.IsEmpty);

    /// <summary>Decides about a call, as far as it is known.</summary>
    /// <param name="request">The call; without arguments, what depends on them is not denied yet.</param>
    /// <returns>The decision.</returns>
    public PolicyDecision Decide(PolicyRequest request) => Decide(request.Tool.Id, request.Identity, new Known(request.Model, true, request.Arguments));

    /// <summary>Whether no call of a tool by a client would be allowed.</summary>
    /// <param name="tool">The tool.</param>
    /// <param name="identity">The client.</param>
    /// <param name="byModel">Whether models will propose the calls.</param>
    /// <returns>Whether all are denied, whatever their arguments.</returns>
    public bool DeniesAll(ToolId tool, ClientIdentity identity, bool byModel) => !Decide(tool, identity, new Known(null, !byModel, null)).Allowed;

    private PolicyDecision Decide(ToolId tool, ClientIdentity identity, Known known)
    {
        foreach (PolicyRule rule in Rules)
        {
            if (!rule.IsFor(tool, identity) || (known.KnowsModel && !rule.IsForModel(known.Model)))
            {
                continue;
            }

            bool? fits = known.Arguments is { } arguments
                ? rule.Conditions.All(condition => condition.Holds(arguments))
                : rule.Conditions.IsEmpty && (known.KnowsModel || rule.Models.IsEmpty) ? true : null;
            if (rule.Effect == PolicyEffect.Allow && fits != false)
            {
                return PolicyDecision.Allow; // surely, or perhaps: what is not surely denied is decided later
            }

            if (rule.Effect == PolicyEffect.Deny && fits == true)
            {
                return PolicyDecision.Deny(Say(rule, tool));
            }
        }

        return PolicyDecision.Allow;
    }

    private static string Say(PolicyRule rule, ToolId tool) => rule.Reason
        ?? $"Policy forbids this call of '{tool}' ({rule.Location}): call it differently, or call another tool.";

    /// <summary>What is known of a call so far.</summary>
    private readonly record struct Known(string? Model, bool KnowsModel, JsonElement? Arguments);
}
