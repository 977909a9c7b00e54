using System.Collections.Immutable;

namespace Bridge.Profiles;

/// <summary>The models' configuration of this moment; replaced as a whole while the program runs. Thread-safe.</summary>
/// <param name="overrides">What code says of single models, over what files say, in this order.</param>
public sealed class ModelsState(params IEnumerable<ModelProfileOverride> overrides) : IModelProfiles
{
    private readonly ImmutableArray<ModelProfileOverride> _overrides = [.. overrides];
    private volatile ModelsConfig _current = ModelsConfig.Default;
    private int _version;

    /// <summary>Another configuration is in force; raised on the thread that brought it.</summary>
    public event Action? Changed;

    /// <summary>The configuration in force.</summary>
    public ModelsConfig Current => _current;

    /// <inheritdoc/>
    public int Version => Volatile.Read(ref _version);

    /// <inheritdoc/>
    public ModelProfile Find(ModelName name) => _overrides
        .Where(change => change.Model == name)
        .Aggregate(_current.Profiles.Find(name.Model.Length > 0 ? name.Model : name.Provider), (profile, change) => change.Change(profile));

    /// <summary>Puts another configuration in force.</summary>
    /// <param name="config">The configuration.</param>
    public void Replace(ModelsConfig config)
    {
        ArgumentNullException.ThrowIfNull(config);
        _current = config;
        Interlocked.Increment(ref _version);
        Changed?.Invoke();
    }
}
