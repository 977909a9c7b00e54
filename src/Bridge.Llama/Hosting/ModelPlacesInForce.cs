using Bridge.Calling;
using Bridge.Llama.Loading;
using Bridge.Llama.Workers;

namespace Bridge.Llama.Hosting;

/// <summary>The models where they run by the configuration of this moment: in workers or in this process.</summary>
/// <param name="models">Those of this process.</param>
/// <param name="workers">Those in workers.</param>
internal sealed class ModelPlacesInForce(LoadedModels models, ModelWorkers workers) : IModelPlaces
{
    /// <inheritdoc/>
    public IReadOnlyList<string> Names => Current.Names;

    private IModelPlaces Current => workers.AreUsed ? workers : models;

    /// <inheritdoc/>
    public LoadState StateOf(string name) => Current.StateOf(name);

    /// <inheritdoc/>
    public Task LoadAsync(string name, CancellationToken cancellationToken) => Current.LoadAsync(name, cancellationToken);

    /// <inheritdoc/>
    public bool Unload(string name) => Current.Unload(name);
}
