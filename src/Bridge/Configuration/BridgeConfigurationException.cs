using System.Collections.Immutable;

namespace Bridge.Configuration;

/// <summary>The configuration cannot be used; every problem is named at once.</summary>
/// <param name="problems">The problems.</param>
public sealed class BridgeConfigurationException(params ImmutableArray<ConfigProblem> problems)
    : Exception(string.Join(Environment.NewLine, problems))
{
    /// <summary>The problems.</summary>
    public ImmutableArray<ConfigProblem> Problems { get; } = problems;
}
