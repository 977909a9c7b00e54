using System.Collections.Immutable;
using Bridge.Configuration;

namespace Bridge.Policy;

/// <summary>What reading a policy file gave.</summary>
public sealed class PolicyFileResult
{
    internal PolicyFileResult(PolicyRules? rules, ImmutableArray<ConfigProblem> problems, string text) =>
        (Rules, Problems, Text) = (rules, problems, text);

    /// <summary>Everything that is wrong with it.</summary>
    public ImmutableArray<ConfigProblem> Problems { get; }

    /// <summary>Whether it can be used, if only to deny what its wrong rules are for.</summary>
    public bool IsUsable => Rules is not null;

    /// <summary>How many rules there are.</summary>
    public int RuleCount => Rules?.Rules.Length ?? 0;

    /// <summary>The text that was read.</summary>
    public string Text { get; }

    internal PolicyRules? Rules { get; }
}
