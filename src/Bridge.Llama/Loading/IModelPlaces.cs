using Bridge.Calling;
using Bridge.Llama.Inference;

namespace Bridge.Llama.Loading;

/// <summary>The models that are in memory, wherever that is. Thread-safe.</summary>
internal interface IModelPlaces
{
    /// <summary>The models that are loaded or being loaded, by the names they were asked for.</summary>
    IReadOnlyList<string> Names { get; }

    /// <summary>Whether a model is loaded.</summary>
    /// <param name="name">The name it was asked for by.</param>
    LoadState StateOf(string name);

    /// <summary>Loads a model where it is not; it stays as one that was asked a prompt does.</summary>
    /// <param name="name">A name of the store, or the path of a file.</param>
    /// <param name="cancellationToken">Ends the waiting; the loading goes on.</param>
    /// <exception cref="LlamaException">It cannot be loaded.</exception>
    Task LoadAsync(string name, CancellationToken cancellationToken);

    /// <summary>Unloads a model as soon as what runs has ended.</summary>
    /// <param name="name">The name it was asked for by.</param>
    /// <returns>Whether it was loaded.</returns>
    bool Unload(string name);
}
