namespace Bridge.Llama.Store;

/// <summary>What is asked of the model store cannot be done.</summary>
/// <param name="message">What and why, and what to do.</param>
public sealed class ModelStoreException(string message) : Exception(message);
