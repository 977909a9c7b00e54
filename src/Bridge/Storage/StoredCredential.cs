namespace Bridge.Storage;

/// <summary>A credential as it was read.</summary>
/// <param name="Content">The content, decrypted.</param>
/// <param name="Document">The document it was in, for a write that must not cover somebody else's.</param>
public sealed record StoredCredential(ReadOnlyMemory<byte> Content, StoredDocument Document)
{
    /// <inheritdoc/>
    public override string ToString() => "(a credential)"; // never its content
}
