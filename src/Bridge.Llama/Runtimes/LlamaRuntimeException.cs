namespace Bridge.Llama.Runtimes;

/// <summary>The native library cannot be used.</summary>
/// <param name="message">Why, and what to do.</param>
/// <param name="inner">The cause.</param>
public sealed class LlamaRuntimeException(string message, Exception? inner = null) : Exception(message, inner);
