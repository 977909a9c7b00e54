using Bridge.Calling;
using Bridge.Configuration;
using Bridge.Llama.Inference;
using Bridge.Llama.Store;
using Bridge.Storage;
using Microsoft.Extensions.Options;

namespace Bridge.Llama.Loading;

/// <summary>The models of this process: loaded when first asked, unloaded when nobody has asked for a while. Thread-safe.</summary>
/// <param name="files">Finds their files.</param>
/// <param name="options">How they run.</param>
/// <param name="time">The clock.</param>
/// <param name="data">The data folder, if there is one.</param>
/// <param name="check">Tries files before they are opened here, where there is something to try them in.</param>
internal sealed class LoadedModels(
    IModelFiles files, IOptionsMonitor<BridgeOptions> options, TimeProvider time, DataFolder? data = null, IFileCheck? check = null) : IModelPlaces, IDisposable
{
    private readonly Lock _lock = new();
    private readonly Dictionary<string, ModelPlace> _places = new(ModelNameComparer.Instance);
    private bool _disposed;

    /// <inheritdoc/>
    public IReadOnlyList<string> Names
    {
        get
        {
            lock (_lock)
            {
                return [.. _places.Keys.Order(StringComparer.Ordinal)];
            }
        }
    }

    /// <inheritdoc/>
    public LoadState StateOf(string name)
    {
        lock (_lock)
        {
            return _places.GetValueOrDefault(name)?.Model switch
            {
                { IsCompletedSuccessfully: true } => LoadState.Loaded,
                { IsCompleted: false } => LoadState.Loading,
                _ => LoadState.Unloaded,
            };
        }
    }

    /// <summary>Takes a model into use; loads it where it is not.</summary>
    /// <param name="name">A name of the store, or the path of a file.</param>
    /// <param name="cancellationToken">Ends the waiting; the loading goes on.</param>
    /// <returns>The lease, to be disposed of after use.</returns>
    /// <exception cref="LlamaException">It cannot be loaded.</exception>
    public async Task<ModelLease> UseAsync(string name, CancellationToken cancellationToken)
    {
        string path = await FindAsync(files, name, cancellationToken).ConfigureAwait(false);
        ModelPlace place = Enter(name, path);
        try
        {
            return new ModelLease(await place.Model.WaitAsync(cancellationToken).ConfigureAwait(false), () => Leave(name, place));
        }
        catch
        {
            Leave(name, place);
            throw;
        }
    }

    /// <summary>Finds the file of a model.</summary>
    /// <exception cref="LlamaException">There is none.</exception>
    public static async Task<string> FindAsync(IModelFiles files, string name, CancellationToken cancellationToken)
    {
        try
        {
            return await files.FindAsync(name, cancellationToken).ConfigureAwait(false);
        }
        catch (FileNotFoundException error)
        {
            throw new LlamaException(LlamaFault.BadModel, error.Message, error);
        }
    }

    /// <inheritdoc/>
    public async Task LoadAsync(string name, CancellationToken cancellationToken)
    {
        using ModelLease lease = await UseAsync(name, cancellationToken).ConfigureAwait(false);
    }

    /// <inheritdoc/>
    public bool Unload(string name)
    {
        lock (_lock)
        {
            if (!_places.Remove(name, out ModelPlace? place))
            {
                return false;
            }

            place.Retire();
            return true;
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        lock (_lock)
        {
            _disposed = true;
            foreach (ModelPlace place in _places.Values)
            {
                place.Retire(now: true);
            }

            _places.Clear();
        }
    }

    private ModelPlace Enter(string name, string path)
    {
        lock (_lock)
        {
            ObjectDisposedException.ThrowIf(_disposed, this);
            if (!_places.TryGetValue(name, out ModelPlace? place))
            {
                place = new ModelPlace(() => OpenAsync(name, path, options.CurrentValue.Llama), time);
                _places.Add(name, place);
            }

            place.Enter();
            return place;
        }
    }

    private async Task<LoadedModel> OpenAsync(string name, string path, LlamaOptions how)
    {
        if (check is not null)
        {
            await check.EnsureAsync(name, path, how).ConfigureAwait(false);
        }

        return ModelLoader.Load(name, path, how, data?.Path);
    }

    private void Leave(string name, ModelPlace place)
    {
        lock (_lock)
        {
            bool failed = place.Model is { IsFaulted: true };
            if (failed && _places.GetValueOrDefault(name) == place)
            {
                _places.Remove(name);
            }

            place.Leave(options.CurrentValue.Llama.IdleUnload, () => ForgetIdle(name, place));
        }
    }

    private void ForgetIdle(string name, ModelPlace place)
    {
        lock (_lock)
        {
            if (place.IsIdle && _places.GetValueOrDefault(name) == place)
            {
                _places.Remove(name);
                place.Retire();
            }
        }
    }
}
