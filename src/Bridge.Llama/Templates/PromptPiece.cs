namespace Bridge.Llama.Templates;

/// <summary>A piece of a prompt as it is tokenized.</summary>
/// <param name="Text">The text.</param>
/// <param name="IsControl">Whether it is one control token; what is not is plain text, even where it looks like one.</param>
internal readonly record struct PromptPiece(string Text, bool IsControl);
