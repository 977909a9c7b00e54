namespace Bridge.Llama.Downloads;

/// <summary>How far a download is.</summary>
/// <param name="File">The file's name.</param>
/// <param name="Done">The bytes that are there.</param>
/// <param name="Total">The bytes there will be; <see langword="null"/> when the server does not say.</param>
public sealed record DownloadProgress(string File, long Done, long? Total);
