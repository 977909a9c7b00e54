namespace Bridge.Llama.Templates;

/// <summary>The texts of the tokens that templates ask for by name.</summary>
/// <param name="Begin">The token that begins a text; may be empty.</param>
/// <param name="End">The token that ends a text; may be empty.</param>
internal sealed record ControlTexts(string Begin, string End);
