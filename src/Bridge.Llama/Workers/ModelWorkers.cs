using Bridge.Calling;
using Bridge.Configuration;
using Bridge.Llama.Inference;
using Bridge.Llama.Loading;
using Bridge.Llama.Store;
using Bridge.Storage;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Bridge.Llama.Workers;

/// <summary>The workers of this process, one a model: what one file does to its process, no other model feels. Thread-safe.</summary>
/// <param name="files">Finds the files.</param>
/// <param name="options">How models run.</param>
/// <param name="workers">How workers are started.</param>
/// <param name="time">The clock.</param>
/// <param name="logger">The log.</param>
/// <param name="data">The data folder, if there is one.</param>
internal sealed class ModelWorkers(
    IModelFiles files, IOptionsMonitor<BridgeOptions> options, IOptions<LlamaWorkerOptions> workers, TimeProvider time, ILogger<ModelWorkers> logger, DataFolder? data = null) : IModelPlaces, IDisposable
{
    private readonly Lock _lock = new();
    private readonly Dictionary<string, (string Path, ModelWorker Worker)> _workers = new(ModelNameComparer.Instance);
    private bool _disposed;

    /// <summary>Whether models run in workers at this moment.</summary>
    public bool AreUsed => options.CurrentValue.Llama.Worker switch
    {
        WorkerMode.Always => true,
        WorkerMode.Never => false,
        _ => workers.Value is { IsDefault: true, Executable: not null },
    };

    /// <summary>Why there can be no workers; <see langword="null"/> when there can.</summary>
    public string? Fault => workers.Value.Executable is null
        ? "This program cannot start worker processes: 'bridge' can, and a program of yours that sets 'LlamaWorkerOptions.Executable'. Set 'Bridge:Llama:Worker' to 'Auto' or 'Never'."
        : null;

    /// <inheritdoc/>
    public IReadOnlyList<string> Names
    {
        get
        {
            lock (_lock)
            {
                return [.. _workers.Where(worker => worker.Value.Worker.State != LoadState.Unloaded).Select(worker => worker.Key).Order(StringComparer.Ordinal)];
            }
        }
    }

    /// <inheritdoc/>
    public LoadState StateOf(string name)
    {
        lock (_lock)
        {
            return _workers.TryGetValue(name, out var found) ? found.Worker.State : LoadState.Unloaded;
        }
    }

    /// <inheritdoc/>
    public async Task LoadAsync(string name, CancellationToken cancellationToken)
    {
        try
        {
            using WorkerLease lease = await UseAsync(name, cancellationToken).ConfigureAwait(false);
        }
        catch (ToolCallerException error)
        {
            throw new LlamaException(LlamaFault.Failed, error.Message, error);
        }
    }

    /// <inheritdoc/>
    public bool Unload(string name)
    {
        lock (_lock)
        {
            if (!_workers.Remove(name, out var found))
            {
                return false;
            }

            bool was = found.Worker.State != LoadState.Unloaded;
            found.Worker.Retire();
            return was;
        }
    }

    /// <summary>Takes the worker of a model into use; starts it where it does not run.</summary>
    /// <param name="name">A name of the store, or the path of a file.</param>
    /// <param name="cancellationToken">Ends the waiting; the start goes on.</param>
    /// <returns>The lease, to be disposed of after use.</returns>
    /// <exception cref="LlamaException">The model cannot be used.</exception>
    public async Task<WorkerLease> UseAsync(string name, CancellationToken cancellationToken)
    {
        if (Fault is { } fault)
        {
            throw new LlamaException(LlamaFault.Failed, fault);
        }

        string path = await LoadedModels.FindAsync(files, name, cancellationToken).ConfigureAwait(false);
        return await WorkerOf(name, path).UseAsync(cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Opens a file in a worker that ends with it.</summary>
    /// <param name="name">The model's name.</param>
    /// <param name="path">The file.</param>
    /// <param name="how">How it runs.</param>
    /// <param name="died">Called when the process died; takes how it ended.</param>
    /// <param name="cancellationToken">Ends the process while it loads.</param>
    /// <returns>The connection, to be disposed of.</returns>
    public Task<WorkerConnection> StartAsync(string name, string path, LlamaOptions how, Action<string> died, CancellationToken cancellationToken) =>
        WorkerConnection.StartAsync(
            workers.Value.Executable!, new WorkerRequest.Load(LlamaWorker.Build, name, path, how, data?.Path), time, logger, died, cancellationToken);

    /// <inheritdoc/>
    public void Dispose()
    {
        lock (_lock)
        {
            _disposed = true;
            foreach ((_, ModelWorker worker) in _workers.Values)
            {
                worker.Dispose();
            }
        }
    }

    private ModelWorker WorkerOf(string name, string path)
    {
        lock (_lock)
        {
            ObjectDisposedException.ThrowIf(_disposed, this);
            bool known = _workers.TryGetValue(name, out var found);
            if (known && found.Path == path)
            {
                return found.Worker;
            }

            if (known)
            {
                found.Worker.Retire(); // the name was given to another file
            }

            var worker = new ModelWorker(
                (died, stopped) => StartAsync(name, path, options.CurrentValue.Llama, died, stopped),
                name, new CrashRecord(path, time), () => options.CurrentValue.Llama.IdleUnload, time, logger);
            _workers[name] = (path, worker);
            return worker;
        }
    }
}
