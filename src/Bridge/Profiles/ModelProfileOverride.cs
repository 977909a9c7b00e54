namespace Bridge.Profiles;

/// <summary>What code says of one model, over what files say. Registered as a service, any number of them.</summary>
/// <param name="Model">The model.</param>
/// <param name="Change">Changes the profile found in the files.</param>
public sealed record ModelProfileOverride(ModelName Model, Func<ModelProfile, ModelProfile> Change);
