namespace Bridge.Llama.Loading;

/// <summary>Finds the file of a model by the name that stands behind <c>llama/</c>.</summary>
public interface IModelFiles
{
    /// <summary>Finds the file.</summary>
    /// <param name="name">A name of the store, or the path of a GGUF file.</param>
    /// <param name="cancellationToken">Ends the search.</param>
    /// <returns>The file's path.</returns>
    /// <exception cref="FileNotFoundException">There is none; the message says what there is.</exception>
    Task<string> FindAsync(string name, CancellationToken cancellationToken);
}
