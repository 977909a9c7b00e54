namespace Bridge.Storage;

/// <summary>A document as it was read.</summary>
/// <param name="Content">The content.</param>
/// <param name="Version">A text that is equal only for equal content.</param>
public sealed record StoredDocument(ReadOnlyMemory<byte> Content, string Version);
