namespace Bridge.Profiles;

/// <summary>The models' configuration of this moment; replaced as a whole while the program runs. Thread-safe.</summary>
public sealed class ModelsState : IModelProfiles
{
    private volatile ModelsConfig _current = ModelsConfig.Default;

    /// <summary>Another configuration is in force; raised on the thread that brought it.</summary>
    public event Action? Changed;

    /// <summary>The configuration in force.</summary>
    public ModelsConfig Current => _current;

    /// <inheritdoc/>
    public ModelProfile Find(ModelName name) => _current.Profiles.Find(name.Model);

    /// <summary>Puts another configuration in force.</summary>
    /// <param name="config">The configuration.</param>
    public void Replace(ModelsConfig config)
    {
        ArgumentNullException.ThrowIfNull(config);
        _current = config;
        Changed?.Invoke();
    }
}
