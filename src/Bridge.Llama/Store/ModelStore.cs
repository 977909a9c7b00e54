using Bridge.Llama.Downloads;
using Bridge.Llama.Gguf;
using Bridge.Storage;

namespace Bridge.Llama.Store;

/// <summary>The models of this machine: files it points to, and files it fetched.</summary>
/// <remarks>Thread-safe, and safe for several processes: each may fetch another model at the same time.</remarks>
public sealed class ModelStore : IDisposable
{
    private readonly FileBridgeStore _store;
    private readonly HttpClient _client;
    private readonly ModelRecords _records;
    private readonly FetchedModels _fetched;
    private readonly ModelAdder _adder;
    private readonly PinnedFiles _pins;

    /// <summary>Opens the store of a data folder.</summary>
    /// <param name="data">The folder.</param>
    /// <param name="options">Where models come from.</param>
    /// <param name="clock">The clock.</param>
    /// <exception cref="ModelSourceException">The hub's address cannot be one.</exception>
    public ModelStore(DataFolder data, ModelStoreOptions options, TimeProvider clock)
        : this(data, options, clock, DiskSpace.Free)
    {
    }

    internal ModelStore(DataFolder data, ModelStoreOptions options, TimeProvider clock, Func<string, long> space)
    {
        Uri hub = WebAddress.Parse(options.Hub);
        _store = new FileBridgeStore(data, clock);
        _records = new ModelRecords(_store);
        _pins = new PinnedFiles(_store);
        _client = ModelHttp.CreateClient();
        ModelHttp http = new(_client, clock);
        FileDownload download = new(http, url => WebAddress.SameHost(url, hub) ? options.Token : null, space, clock);
        _fetched = new FetchedModels(data.Folder("models"), download, clock);
        _adder = new ModelAdder(_records, new LinkedModels(clock), _fetched, new ModelHub(http, hub, options.Token));
    }

    /// <summary>Lists the models, by name.</summary>
    /// <param name="cancellationToken">Ends the reading.</param>
    /// <exception cref="ModelStoreException">A record is damaged.</exception>
    public Task<IReadOnlyList<ModelRecord>> ListAsync(CancellationToken cancellationToken) => _records.ListAsync(cancellationToken);

    /// <summary>Finds a model.</summary>
    /// <param name="name">Its name; capitals make no difference.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    /// <returns>The model.</returns>
    /// <exception cref="ModelStoreException">There is none of this name, or its record is damaged.</exception>
    public async Task<ModelRecord> FindAsync(string name, CancellationToken cancellationToken) =>
        await _records.FindAsync(ModelName.Check(name), cancellationToken).ConfigureAwait(false) ?? throw Unknown(name);

    /// <summary>Returns when the files of a model may be opened: those that have a hash are what was added.</summary>
    /// <param name="record">The model.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    /// <remarks>A file is read when its length or time is other than when it was read last, which may take seconds.</remarks>
    /// <exception cref="ModelStoreException">A file is another one.</exception>
    /// <exception cref="IOException">A file cannot be read.</exception>
    public Task EnsurePinnedAsync(ModelRecord record, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(record);
        return _pins.EnsureAsync(record, cancellationToken);
    }

    /// <summary>Adds a model, or all of a folder; fetches what is not on this machine.</summary>
    /// <param name="addition">What to add.</param>
    /// <param name="progress">Told how far a download is.</param>
    /// <param name="cancellationToken">Ends it; an unfinished download is continued by adding the same again.</param>
    /// <exception cref="ModelStoreException">It cannot be added as asked.</exception>
    /// <exception cref="ModelSourceException">It is written as no source is.</exception>
    /// <exception cref="DownloadException">It cannot be fetched.</exception>
    /// <exception cref="GgufException">It is no model.</exception>
    /// <exception cref="IOException">A file cannot be read or written.</exception>
    public Task<AddedModels> AddAsync(ModelAddition addition, IProgress<DownloadProgress>? progress, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(addition);
        return _adder.AddAsync(addition, progress, cancellationToken);
    }

    /// <summary>Removes a model: the record, and the files where the store fetched them, unfinished ones included.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="cancellationToken">Gives up before anything is removed.</param>
    /// <returns>How many bytes that freed; <see langword="null"/> for files that are only pointed to, and stay.</returns>
    /// <exception cref="ModelStoreException">There is no such model.</exception>
    /// <exception cref="IOException">A file cannot be deleted.</exception>
    public async Task<long?> RemoveAsync(string name, CancellationToken cancellationToken)
    {
        name = ModelName.Check(name);
        bool known = await _records.DeleteAsync(name, cancellationToken).ConfigureAwait(false);
        long? freed = _fetched.Delete(name);
        return known || freed is not null ? freed : throw Unknown(name);
    }

    /// <summary>Reads the files of a model again and compares them with what is recorded.</summary>
    /// <param name="record">The model.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <returns>What is wrong, a sentence a file; empty when nothing is.</returns>
    public static async Task<IReadOnlyList<string>> VerifyAsync(ModelRecord record, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(record);
        List<string> faults = [];
        foreach (StoredFile file in record.Files)
        {
            if (!File.Exists(file.Path))
            {
                faults.Add($"'{file.Path}' is gone.");
            }
            else if (new FileInfo(file.Path).Length != file.Bytes)
            {
                faults.Add($"'{file.Path}' has {new FileInfo(file.Path).Length} bytes, and had {file.Bytes} when it was added.");
            }
            else if (file.Sha256 is { } expected && await LinkedModels.HashAsync(file.Path, cancellationToken).ConfigureAwait(false) is { } hash && hash != expected)
            {
                faults.Add($"'{file.Path}' has the SHA-256 {hash}, and {expected} is recorded.");
            }
        }

        return faults;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _client.Dispose();
        _pins.Dispose();
        _store.Dispose();
    }

    private static ModelStoreException Unknown(string name) => new($"There is no model '{name}'; 'bridge models list' shows those there are.");
}
