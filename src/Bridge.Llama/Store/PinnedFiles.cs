using System.Collections.Concurrent;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Bridge.Storage;

namespace Bridge.Llama.Store;

/// <summary>Holds files of models to their hashes before they are opened: a file is read again when its length or time is other than when it was read last. Thread-safe.</summary>
/// <param name="store">Remembers what was read.</param>
internal sealed class PinnedFiles(IBridgeStore store) : IDisposable
{
    private const string Collection = "pinned-models";
    private const int KeyLength = 60;

    private readonly ConcurrentDictionary<string, string> _seen = new(StringComparer.Ordinal);
    private readonly SemaphoreSlim _gate = new(1);

    /// <summary>Returns when every file of a model that has a hash is the file that was added.</summary>
    /// <param name="record">The model.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    /// <exception cref="ModelStoreException">A file is another one.</exception>
    public async Task EnsureAsync(ModelRecord record, CancellationToken cancellationToken)
    {
        foreach (StoredFile file in record.Files)
        {
            // Where it is gone, who opens it says so.
            if (file.Sha256 is { } expected && new FileInfo(file.Path) is { Exists: true } found && !IsSeen(found, expected))
            {
                await EnsureAsync(record.Name, found, expected, cancellationToken).ConfigureAwait(false);
            }
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _gate.Dispose();

    private async Task EnsureAsync(string name, FileInfo found, string expected, CancellationToken cancellationToken)
    {
        await _gate.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            string stamp = StampOf(found, expected);
            string key = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(found.FullName)))[..KeyLength];
            StoredDocument? known = await store.ReadAsync(Collection, key, cancellationToken).ConfigureAwait(false);
            if (known is null || Encoding.UTF8.GetString(known.Content.Span) != stamp)
            {
                string hash = await LinkedModels.HashAsync(found.FullName, cancellationToken).ConfigureAwait(false);
                if (hash != expected)
                {
                    throw new ModelStoreException(
                        $"'{found.FullName}' is not the file that was added as '{name}', and is not opened: it has the SHA-256 {hash}, and {expected} is recorded. Put that file back, or remove the model by 'bridge models remove {name}' and add it again.");
                }

                await store.WriteAsync(Collection, key, Encoding.UTF8.GetBytes(stamp), cancellationToken).ConfigureAwait(false);
            }

            _seen[found.FullName] = stamp;
        }
        finally
        {
            _gate.Release();
        }
    }

    private bool IsSeen(FileInfo found, string expected) => _seen.TryGetValue(found.FullName, out string? stamp) && stamp == StampOf(found, expected);

    private static string StampOf(FileInfo found, string expected) =>
        string.Create(CultureInfo.InvariantCulture, $"{found.Length} {found.LastWriteTimeUtc.Ticks} {expected}");
}
