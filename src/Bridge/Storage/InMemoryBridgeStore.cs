namespace Bridge.Storage;

/// <summary>A store that ends with its process: for a bridge inside another program, without a data folder.</summary>
public sealed class InMemoryBridgeStore : IBridgeStore
{
    private readonly Lock _gate = new();
    private readonly Dictionary<(string Collection, string Key), StoredDocument> _documents = [];

    /// <inheritdoc/>
    public ValueTask<StoredDocument?> ReadAsync(string collection, string key, CancellationToken cancellationToken)
    {
        Check(collection, key, cancellationToken);
        lock (_gate)
        {
            return new(_documents.GetValueOrDefault((collection, key)));
        }
    }

    /// <inheritdoc/>
    public ValueTask WriteAsync(string collection, string key, ReadOnlyMemory<byte> content, CancellationToken cancellationToken)
    {
        Check(collection, key, cancellationToken);
        lock (_gate)
        {
            Put(collection, key, content);
        }

        return ValueTask.CompletedTask;
    }

    /// <inheritdoc/>
    public ValueTask<bool> TryReplaceAsync(
        string collection, string key, ReadOnlyMemory<byte> content, StoredDocument? expected, CancellationToken cancellationToken)
    {
        Check(collection, key, cancellationToken);
        lock (_gate)
        {
            bool unchanged = _documents.GetValueOrDefault((collection, key))?.Version == expected?.Version;
            if (unchanged)
            {
                Put(collection, key, content);
            }

            return new(unchanged);
        }
    }

    /// <inheritdoc/>
    public ValueTask<bool> DeleteAsync(string collection, string key, CancellationToken cancellationToken)
    {
        Check(collection, key, cancellationToken);
        lock (_gate)
        {
            return new(_documents.Remove((collection, key)));
        }
    }

    /// <inheritdoc/>
    public ValueTask<IReadOnlyList<string>> ListAsync(string collection, CancellationToken cancellationToken)
    {
        DocumentName.CheckCollection(collection);
        cancellationToken.ThrowIfCancellationRequested();
        lock (_gate)
        {
            return new([.. _documents.Keys.Where(name => name.Collection == collection).Select(name => name.Key).Order(StringComparer.Ordinal)]);
        }
    }

    private static void Check(string collection, string key, CancellationToken cancellationToken)
    {
        DocumentName.CheckCollection(collection);
        DocumentName.CheckKey(key);
        cancellationToken.ThrowIfCancellationRequested();
    }

    private void Put(string collection, string key, ReadOnlyMemory<byte> content)
    {
        byte[] copy = content.ToArray();
        _documents[(collection, key)] = new StoredDocument(copy, DocumentName.Version(copy));
    }
}
