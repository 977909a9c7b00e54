using System.Collections.Immutable;

namespace Bridge.Profiles;

/// <summary>The profiles in force: the user's before those Bridge ships; the first whose glob fits a model's name wins. Immutable.</summary>
public sealed class ProfileTable
{
    private readonly ImmutableArray<ModelProfile> _profiles;

    /// <summary>Makes a table.</summary>
    /// <param name="configured">The user's profiles, in the order written.</param>
    public ProfileTable(ImmutableArray<ModelProfile> configured)
    {
        Configured = configured;
        _profiles = configured.AddRange(BuiltInProfiles.All);
    }

    /// <summary>The table of a program without <c>models.json</c>.</summary>
    public static ProfileTable BuiltIn { get; } = new([]);

    /// <summary>The user's profiles, in the order written.</summary>
    public ImmutableArray<ModelProfile> Configured { get; }

    /// <summary>All profiles in the order they are tried.</summary>
    public ImmutableArray<ModelProfile> Profiles => _profiles;

    /// <summary>Finds the profile of a model.</summary>
    /// <param name="model">The name behind the provider, such as <c>qwen3:0.6b</c>.</param>
    /// <returns>The first profile that fits; <see cref="ModelProfile.Default"/> when none does.</returns>
    public ModelProfile Find(string model)
    {
        ArgumentNullException.ThrowIfNull(model);
        foreach (ModelProfile profile in _profiles)
        {
            if (NameGlob.Matches(profile.Match, model))
            {
                return profile;
            }
        }

        return ModelProfile.Default;
    }
}
