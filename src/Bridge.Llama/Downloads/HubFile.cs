namespace Bridge.Llama.Downloads;

/// <summary>A file of a repository.</summary>
/// <param name="Path">Its path in the repository.</param>
/// <param name="Bytes">Its length.</param>
/// <param name="Sha256">Its hash; <see langword="null"/> for a small file, of which the hub knows none.</param>
internal sealed record HubFile(string Path, long? Bytes, string? Sha256);
