using System.Collections.Immutable;

namespace Bridge.Profiles;

/// <summary>What <c>models.json</c> says. Immutable.</summary>
/// <param name="Providers">The configured endpoints by name.</param>
/// <param name="Profiles">The profiles in force.</param>
public sealed record ModelsConfig(ImmutableDictionary<string, ProviderConfig> Providers, ProfileTable Profiles)
{
    /// <summary>The configuration of a program without <c>models.json</c>.</summary>
    public static ModelsConfig Default { get; } = new(ImmutableDictionary<string, ProviderConfig>.Empty, ProfileTable.BuiltIn);
}
