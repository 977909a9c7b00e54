using Bridge.Llama.Jinja;

namespace Bridge.Llama.Templates;

/// <summary>A piece of a prompt that has one origin.</summary>
/// <param name="Text">The text.</param>
/// <param name="Origin">Who wrote it: control tokens are read in the template's text alone.</param>
internal readonly record struct PromptSegment(string Text, TextOrigin Origin);
