namespace Bridge.Llama.Downloads;

/// <summary>What was written is no place models come from.</summary>
/// <param name="message">What is wrong and how it is written.</param>
public sealed class ModelSourceException(string message) : Exception(message);
