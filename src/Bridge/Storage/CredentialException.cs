namespace Bridge.Storage;

/// <summary>A kept credential cannot be read or written.</summary>
/// <param name="message">What is wrong, and what to do.</param>
/// <param name="inner">The cause.</param>
public sealed class CredentialException(string message, Exception? inner = null) : IOException(message, inner);
