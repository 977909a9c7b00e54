namespace Bridge.Profiles;

/// <summary>How to treat each model, as configured at this moment.</summary>
public interface IModelProfiles
{
    /// <summary>Grows with every change of profiles or of the endpoints behind them: what was made for an older version is made anew.</summary>
    int Version { get; }

    /// <summary>Finds the profile of a model.</summary>
    /// <param name="name">The model.</param>
    /// <returns>The profile; <see cref="ModelProfile.Default"/> when nothing is known of the model.</returns>
    ModelProfile Find(ModelName name);
}
