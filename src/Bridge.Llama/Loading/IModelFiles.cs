using Bridge.Llama.Store;

namespace Bridge.Llama.Loading;

/// <summary>Finds the file of a model by the name that stands behind <c>llama/</c>.</summary>
public interface IModelFiles
{
    /// <summary>Lists the models that have names.</summary>
    /// <param name="cancellationToken">Ends the listing.</param>
    /// <returns>The models, by name.</returns>
    /// <exception cref="ModelStoreException">The list cannot be read.</exception>
    Task<IReadOnlyList<ModelRecord>> ListAsync(CancellationToken cancellationToken);

    /// <summary>Finds the file.</summary>
    /// <param name="name">A name of the store, in which capitals make no difference, or the path of a GGUF file.</param>
    /// <param name="cancellationToken">Ends the search.</param>
    /// <returns>The file's path.</returns>
    /// <exception cref="FileNotFoundException">There is none, and the message says what there is; or it is another file than the one that was added.</exception>
    Task<string> FindAsync(string name, CancellationToken cancellationToken);
}
