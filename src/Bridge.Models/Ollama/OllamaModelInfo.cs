using System.Collections.Immutable;

namespace Bridge.Models.Ollama;

/// <summary>What Ollama says of a model it has.</summary>
/// <param name="Capabilities">What it can do, such as <c>completion</c>, <c>tools</c>, <c>thinking</c>, <c>vision</c>; empty when an old server does not say.</param>
/// <param name="ContextTokens">The context it was made for; <see langword="null"/> when the server does not say.</param>
internal sealed record OllamaModelInfo(ImmutableArray<string> Capabilities, int? ContextTokens)
{
    /// <summary>Whether it was trained for tools; <see langword="null"/> when the server does not say.</summary>
    public bool? Tools => Capabilities.IsEmpty ? null : Capabilities.Contains("tools");

    /// <summary>Whether it can think before it answers: others refuse to be asked to, or not to.</summary>
    public bool Thinks => Capabilities.Contains("thinking");
}
