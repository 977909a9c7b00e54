namespace Bridge.Calling;

/// <summary>Models that this process loads and unloads itself, so that a person or a program can do it ahead of the first prompt.</summary>
public interface IModelControl
{
    /// <summary>Lists the models; nothing is loaded.</summary>
    /// <param name="cancellationToken">Ends the listing.</param>
    /// <returns>The models, by name.</returns>
    /// <exception cref="ModelLoadException">The list cannot be read.</exception>
    Task<IReadOnlyList<LoadableModel>> ListAsync(CancellationToken cancellationToken);

    /// <summary>Loads a model, unless it is; it stays loaded as one that was asked a prompt does.</summary>
    /// <param name="id">Its name, such as <c>llama/qwen</c>.</param>
    /// <param name="cancellationToken">Ends the waiting; the loading goes on.</param>
    /// <returns>The model, loaded; <see langword="null"/> when the list has no such name.</returns>
    /// <exception cref="ModelLoadException">It cannot be loaded.</exception>
    Task<LoadableModel?> LoadAsync(string id, CancellationToken cancellationToken);

    /// <summary>Unloads a model as soon as what runs on it has ended; one that is not loaded stays so.</summary>
    /// <param name="id">Its name.</param>
    /// <param name="cancellationToken">Ends the search for it.</param>
    /// <returns>The model; <see langword="null"/> when the list has no such name.</returns>
    /// <exception cref="ModelLoadException">The list cannot be read.</exception>
    Task<LoadableModel?> UnloadAsync(string id, CancellationToken cancellationToken);
}
