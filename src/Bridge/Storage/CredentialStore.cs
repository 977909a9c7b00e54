using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Bridge.Storage;

/// <summary>Credentials in the store, encrypted with AES-256-GCM and bound to their names: one cannot be put in another's place.</summary>
/// <param name="store">The store.</param>
/// <param name="key">What they are encrypted with.</param>
public sealed class CredentialStore(IBridgeStore store, CredentialKey key)
{
    private const string Collection = "credentials";
    private const string Member = "aes256gcm";
    private const int NonceSize = 12;
    private const int TagSize = 16;

    /// <summary>Reads a credential.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    /// <returns>The credential; <see langword="null"/> when there is none.</returns>
    /// <exception cref="CredentialException">It was encrypted with another key, or changed.</exception>
    public async ValueTask<StoredCredential?> ReadAsync(string name, CancellationToken cancellationToken) =>
        await store.ReadAsync(Collection, name, cancellationToken).ConfigureAwait(false) is { } document
            ? new StoredCredential(Open(name, document.Content), document)
            : null;

    /// <summary>Writes a credential, whatever was there.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="content">The new content.</param>
    /// <param name="cancellationToken">Gives up before anything is written.</param>
    /// <returns>When it is written.</returns>
    public ValueTask WriteAsync(string name, ReadOnlyMemory<byte> content, CancellationToken cancellationToken) =>
        store.WriteAsync(Collection, name, Seal(name, content.Span), cancellationToken);

    /// <summary>Writes a credential if it is still as it was read.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="content">The new content.</param>
    /// <param name="expected">The credential as it was read.</param>
    /// <param name="cancellationToken">Gives up before anything is written.</param>
    /// <returns>The credential as it is now; <see langword="null"/>, and nothing written, when somebody else wrote in between.</returns>
    public async ValueTask<StoredCredential?> TryReplaceAsync(
        string name, ReadOnlyMemory<byte> content, StoredCredential expected, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(expected);
        byte[] written = Seal(name, content.Span);
        return await store.TryReplaceAsync(Collection, name, written, expected.Document, cancellationToken).ConfigureAwait(false)
            ? new StoredCredential(content, new StoredDocument(written, DocumentName.Version(written)))
            : null;
    }

    /// <summary>Deletes a credential.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="cancellationToken">Gives up before anything is deleted.</param>
    /// <returns>Whether there was one.</returns>
    public ValueTask<bool> DeleteAsync(string name, CancellationToken cancellationToken) =>
        store.DeleteAsync(Collection, name, cancellationToken);

    /// <summary>Lists the names.</summary>
    /// <param name="cancellationToken">Ends the listing.</param>
    /// <returns>The names in ordinal order.</returns>
    public ValueTask<IReadOnlyList<string>> ListAsync(CancellationToken cancellationToken) => store.ListAsync(Collection, cancellationToken);

    private byte[] Seal(string name, ReadOnlySpan<byte> content)
    {
        byte[] box = new byte[NonceSize + TagSize + content.Length];
        Span<byte> nonce = box.AsSpan(0, NonceSize);
        RandomNumberGenerator.Fill(nonce);
        using var cipher = new AesGcm(key.Value, TagSize);
        cipher.Encrypt(nonce, content, box.AsSpan(NonceSize + TagSize), box.AsSpan(NonceSize, TagSize), Encoding.UTF8.GetBytes(name));
        return Encoding.UTF8.GetBytes(new JsonObject { [Member] = Convert.ToBase64String(box) }.ToJsonString());
    }

    private byte[] Open(string name, ReadOnlyMemory<byte> document)
    {
        try
        {
            byte[] box = Convert.FromBase64String((string?)JsonNode.Parse(document.Span)?[Member] ?? "");
            byte[] content = new byte[box.Length - NonceSize - TagSize];
            using var cipher = new AesGcm(key.Value, TagSize);
            cipher.Decrypt(box.AsSpan(0, NonceSize), box.AsSpan(NonceSize + TagSize), box.AsSpan(NonceSize, TagSize), content, Encoding.UTF8.GetBytes(name));
            return content;
        }
        catch (Exception error) when (error is CryptographicException or FormatException or JsonException or InvalidOperationException or OverflowException)
        {
            throw new CredentialException($"The kept credential '{name}' cannot be decrypted: give the '{CredentialKey.Variable}' or the file '{CredentialKey.FileName}' it was written with, or log in again.", error);
        }
    }
}
