using Bridge.Llama.Store;

namespace Bridge.Llama.Loading;

/// <summary>Finds models by their path, then by their name in the store.</summary>
/// <param name="store">The store; <see langword="null"/> where there is none.</param>
internal sealed class ModelFiles(ModelStore? store) : IModelFiles
{
    /// <inheritdoc/>
    public async Task<IReadOnlyList<ModelRecord>> ListAsync(CancellationToken cancellationToken) =>
        store is null ? [] : await store.ListAsync(cancellationToken).ConfigureAwait(false);

    /// <inheritdoc/>
    public async Task<string> FindAsync(string name, CancellationToken cancellationToken)
    {
        if (ModelName.IsPath(name))
        {
            return File.Exists(name) ? Path.GetFullPath(name) : throw new FileNotFoundException($"There is no file '{name}'.");
        }

        if (store is null)
        {
            throw new FileNotFoundException($"There is no model store here: write the path of a file, such as 'llama/models/{name}.gguf'.");
        }

        try
        {
            ModelRecord record = await store.FindAsync(name, cancellationToken).ConfigureAwait(false);
            await store.EnsurePinnedAsync(record, cancellationToken).ConfigureAwait(false);
            return record.Path;
        }
        catch (ModelStoreException error)
        {
            throw new FileNotFoundException(error.Message, error);
        }
    }
}
