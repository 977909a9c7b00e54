using Bridge.Outcomes;
using Bridge.Prompts;
using Bridge.Shortlisting;

namespace Bridge.Traffic;

/// <summary>A prompt at its end. Immutable.</summary>
/// <param name="Prompt">The prompt as it came.</param>
/// <param name="Shown">The tools that the caller which decided was shown.</param>
/// <param name="Caller">That caller, such as <c>ollama/qwen3:0.6b</c>.</param>
/// <param name="Calling">What became of the prompt.</param>
public sealed record FinishedPrompt(Prompt Prompt, Shortlist Shown, string Caller, ToolCalling Calling);
