namespace Bridge.Models.Ollama;

/// <summary>A model that Ollama has on disk.</summary>
/// <param name="Name">Its name with its tag, such as <c>qwen3:0.6b</c>.</param>
/// <param name="SizeBytes">Its size on disk.</param>
public sealed record OllamaModel(string Name, long SizeBytes);
