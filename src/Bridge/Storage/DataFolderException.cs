namespace Bridge.Storage;

/// <summary>The data folder cannot be used.</summary>
/// <param name="message">Which folder, what is wrong with it, and what to do.</param>
/// <param name="inner">The cause.</param>
public sealed class DataFolderException(string message, Exception? inner = null) : IOException(message, inner);
