namespace Bridge.Llama.Loading;

/// <summary>A model in use: it stays loaded until this is disposed of.</summary>
/// <param name="model">The model.</param>
/// <param name="release">Gives it back.</param>
internal sealed class ModelLease(LoadedModel model, Action release) : IDisposable
{
    private int _released;

    /// <summary>The model.</summary>
    public LoadedModel Model => model;

    /// <inheritdoc/>
    public void Dispose()
    {
        if (Interlocked.Exchange(ref _released, 1) == 0)
        {
            release();
        }
    }
}
