namespace Bridge.Llama.Downloads;

/// <summary>A file to fetch.</summary>
/// <param name="Url">Where it is.</param>
/// <param name="Name">What to call it here.</param>
/// <param name="Bytes">How long it is, where that is known before.</param>
/// <param name="Sha256">Its hash in lower-case hex, where that is known before.</param>
public sealed record RemoteFile(Uri Url, string Name, long? Bytes = null, string? Sha256 = null);
