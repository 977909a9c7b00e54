namespace Bridge.Llama.Tests.Templates;

/// <summary>What became of a template and a conversation: a text or an error.</summary>
/// <param name="Text">The text; <see langword="null"/> where it failed.</param>
/// <param name="Error">Why it failed; <see langword="null"/> where it did not.</param>
internal sealed record Rendering(string? Text, string? Error);
