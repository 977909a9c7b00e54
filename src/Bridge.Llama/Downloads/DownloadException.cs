namespace Bridge.Llama.Downloads;

/// <summary>Something could not be fetched.</summary>
/// <param name="message">What and why, and what to do.</param>
/// <param name="inner">The cause.</param>
public sealed class DownloadException(string message, Exception? inner = null) : Exception(message, inner);
