namespace Bridge.Storage;

/// <summary>Small documents by collection and key: pins, approvals, keys. Thread-safe, and safe for several processes at once.</summary>
/// <remarks>
/// A collection is <c>[a-z0-9][a-z0-9-]{0,63}</c>; a key is any text of 1 to 60 characters. A reader sees a document as it was
/// before a write or after it, never in between.
/// </remarks>
public interface IBridgeStore
{
    /// <summary>Reads a document.</summary>
    /// <param name="collection">The collection.</param>
    /// <param name="key">The key.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    /// <returns>The document; <see langword="null"/> when there is none.</returns>
    /// <exception cref="IOException">The store cannot be read.</exception>
    ValueTask<StoredDocument?> ReadAsync(string collection, string key, CancellationToken cancellationToken);

    /// <summary>Writes a document, whatever was there.</summary>
    /// <param name="collection">The collection.</param>
    /// <param name="key">The key.</param>
    /// <param name="content">The new content.</param>
    /// <param name="cancellationToken">Gives up before anything is written.</param>
    /// <returns>When the document is written.</returns>
    /// <exception cref="IOException">The store cannot be written.</exception>
    ValueTask WriteAsync(string collection, string key, ReadOnlyMemory<byte> content, CancellationToken cancellationToken);

    /// <summary>Writes a document if it is still as it was read.</summary>
    /// <param name="collection">The collection.</param>
    /// <param name="key">The key.</param>
    /// <param name="content">The new content.</param>
    /// <param name="expected">The document as it was read; <see langword="null"/> when there was none.</param>
    /// <param name="cancellationToken">Gives up before anything is written.</param>
    /// <returns><see langword="false"/>, and nothing written, when somebody else wrote in between: read again.</returns>
    /// <exception cref="IOException">The store cannot be written.</exception>
    ValueTask<bool> TryReplaceAsync(
        string collection, string key, ReadOnlyMemory<byte> content, StoredDocument? expected, CancellationToken cancellationToken);

    /// <summary>Deletes a document.</summary>
    /// <param name="collection">The collection.</param>
    /// <param name="key">The key.</param>
    /// <param name="cancellationToken">Gives up before anything is deleted.</param>
    /// <returns>Whether there was one.</returns>
    /// <exception cref="IOException">The store cannot be written.</exception>
    ValueTask<bool> DeleteAsync(string collection, string key, CancellationToken cancellationToken);

    /// <summary>Lists the keys of a collection.</summary>
    /// <param name="collection">The collection.</param>
    /// <param name="cancellationToken">Ends the listing.</param>
    /// <returns>The keys in ordinal order; empty for a collection nobody wrote to.</returns>
    /// <exception cref="IOException">The store cannot be read.</exception>
    ValueTask<IReadOnlyList<string>> ListAsync(string collection, CancellationToken cancellationToken);
}
