using System.Text.Json;
using Bridge.Storage;

namespace Bridge.Llama.Store;

/// <summary>The records, one document a model: written whole or not at all, and safe for several processes.</summary>
/// <param name="store">Keeps them on this machine, as the files are.</param>
internal sealed class ModelRecords(IBridgeStore store)
{
    private const string Collection = "models";

    /// <summary>Reads one.</summary>
    /// <param name="name">The name.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    /// <returns>The record; <see langword="null"/> when there is none.</returns>
    public async Task<ModelRecord?> FindAsync(string name, CancellationToken cancellationToken) =>
        await store.ReadAsync(Collection, name, cancellationToken).ConfigureAwait(false) is { } document ? Read(name, document) : null;

    /// <summary>Reads all, by name.</summary>
    /// <param name="cancellationToken">Ends the reading.</param>
    public async Task<IReadOnlyList<ModelRecord>> ListAsync(CancellationToken cancellationToken)
    {
        List<ModelRecord> records = [];
        foreach (string name in await store.ListAsync(Collection, cancellationToken).ConfigureAwait(false))
        {
            if (await FindAsync(name, cancellationToken).ConfigureAwait(false) is { } record)
            {
                records.Add(record);
            }
        }

        return records;
    }

    /// <summary>Writes one that is new.</summary>
    /// <param name="record">The record.</param>
    /// <param name="cancellationToken">Gives up before anything is written.</param>
    /// <exception cref="ModelStoreException">Another model took the name meanwhile.</exception>
    public async Task AddAsync(ModelRecord record, CancellationToken cancellationToken)
    {
        byte[] content = JsonSerializer.SerializeToUtf8Bytes(record, ModelRecordJsonContext.Default.ModelRecord);
        if (!await store.TryReplaceAsync(Collection, record.Name, content, expected: null, cancellationToken).ConfigureAwait(false))
        {
            throw new ModelStoreException($"Another model was named '{record.Name}' meanwhile: give this one another name by '--name'.");
        }
    }

    /// <summary>Writes one, whatever was there.</summary>
    /// <param name="record">The record.</param>
    /// <param name="cancellationToken">Gives up before anything is written.</param>
    public async Task WriteAsync(ModelRecord record, CancellationToken cancellationToken)
    {
        byte[] content = JsonSerializer.SerializeToUtf8Bytes(record, ModelRecordJsonContext.Default.ModelRecord);
        await store.WriteAsync(Collection, record.Name, content, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Deletes one.</summary>
    /// <param name="name">The name.</param>
    /// <param name="cancellationToken">Gives up before anything is deleted.</param>
    /// <returns>Whether there was one.</returns>
    public async Task<bool> DeleteAsync(string name, CancellationToken cancellationToken) =>
        await store.DeleteAsync(Collection, name, cancellationToken).ConfigureAwait(false);

    private static ModelRecord Read(string name, StoredDocument document)
    {
        try
        {
            ModelRecord? record = JsonSerializer.Deserialize(document.Content.Span, ModelRecordJsonContext.Default.ModelRecord);
            if (record is { Files.Count: > 0 })
            {
                return record;
            }
        }
        catch (JsonException)
        {
            // Said below.
        }

        throw new ModelStoreException($"The record of the model '{name}' cannot be read: 'bridge models remove {name}' deletes it, and what was fetched for it.");
    }
}
