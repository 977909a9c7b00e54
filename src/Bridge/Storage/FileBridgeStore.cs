namespace Bridge.Storage;

/// <summary>Documents as files of the data folder: <c>store/COLLECTION/KEY.json</c>, mode 0600.</summary>
/// <remarks>Writers of one collection take turns, in this process and across processes; readers never wait.</remarks>
/// <param name="folder">The data folder.</param>
/// <param name="clock">Measures how long a writer waits for its turn.</param>
public sealed class FileBridgeStore(DataFolder folder, TimeProvider clock) : IBridgeStore, IDisposable
{
    private const string Ending = ".json";
    private readonly string _root = folder.Folder("store");
    private readonly SemaphoreSlim _turn = new(1, 1);

    /// <inheritdoc/>
    public async ValueTask<StoredDocument?> ReadAsync(string collection, string key, CancellationToken cancellationToken)
    {
        string path = PathOf(collection, key);
        try
        {
            byte[] content = await File.ReadAllBytesAsync(path, cancellationToken).ConfigureAwait(false);
            return new StoredDocument(content, DocumentName.Version(content));
        }
        catch (Exception error) when (error is FileNotFoundException or DirectoryNotFoundException)
        {
            return null;
        }
    }

    /// <inheritdoc/>
    public async ValueTask WriteAsync(string collection, string key, ReadOnlyMemory<byte> content, CancellationToken cancellationToken)
    {
        string path = PathOf(collection, key);
        using IDisposable turn = await EnterAsync(collection, cancellationToken).ConfigureAwait(false);
        PrivateFile.Replace(path, content.Span);
    }

    /// <inheritdoc/>
    public async ValueTask<bool> TryReplaceAsync(
        string collection, string key, ReadOnlyMemory<byte> content, StoredDocument? expected, CancellationToken cancellationToken)
    {
        string path = PathOf(collection, key);
        using IDisposable turn = await EnterAsync(collection, cancellationToken).ConfigureAwait(false);
        StoredDocument? current = await ReadAsync(collection, key, cancellationToken).ConfigureAwait(false);
        if (current?.Version != expected?.Version)
        {
            return false;
        }

        PrivateFile.Replace(path, content.Span);
        return true;
    }

    /// <inheritdoc/>
    public async ValueTask<bool> DeleteAsync(string collection, string key, CancellationToken cancellationToken)
    {
        string path = PathOf(collection, key);
        using IDisposable turn = await EnterAsync(collection, cancellationToken).ConfigureAwait(false);
        bool existed = File.Exists(path);
        File.Delete(path);
        return existed;
    }

    /// <inheritdoc/>
    public ValueTask<IReadOnlyList<string>> ListAsync(string collection, CancellationToken cancellationToken)
    {
        DocumentName.CheckCollection(collection);
        cancellationToken.ThrowIfCancellationRequested();
        string path = Path.Combine(_root, collection);
        if (!Directory.Exists(path))
        {
            return new([]);
        }

        IEnumerable<string> keys = Directory.EnumerateFiles(path, $"*{Ending}")
            .Select(file => DocumentName.FromFile(Path.GetFileNameWithoutExtension(file)))
            .OfType<string>()
            .Order(StringComparer.Ordinal);
        return new([.. keys]);
    }

    /// <inheritdoc/>
    public void Dispose() => _turn.Dispose();

    private string PathOf(string collection, string key)
    {
        DocumentName.CheckCollection(collection);
        DocumentName.CheckKey(key);
        return Path.Combine(_root, collection, $"{DocumentName.ToFile(key)}{Ending}");
    }

    private async ValueTask<IDisposable> EnterAsync(string collection, CancellationToken cancellationToken)
    {
        await _turn.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            string lockFile = Path.Combine(folder.Folder(Path.Combine("store", collection)), ".lock");
            FileStream held = await FileLock.TakeAsync(lockFile, clock, cancellationToken).ConfigureAwait(false);
            return new Turn(held, _turn);
        }
        catch
        {
            _turn.Release();
            throw;
        }
    }

    private sealed class Turn(FileStream held, SemaphoreSlim turn) : IDisposable
    {
        public void Dispose()
        {
            held.Dispose();
            turn.Release();
        }
    }
}
