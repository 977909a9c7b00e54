namespace Bridge.Profiles;

/// <summary>A model's name, <c>provider/model</c>; a provider of one model, such as <c>embedded</c>, stands alone.</summary>
/// <param name="Provider">The provider: <c>embedded</c>, <c>template</c>, <c>ollama</c>, <c>openai</c> or a configured name.</param>
/// <param name="Model">The name behind the provider; empty for a provider of one model.</param>
public readonly record struct ModelName(string Provider, string Model)
{
    /// <summary>Reads a name; everything behind the first slash is the model.</summary>
    /// <param name="text">The text, such as <c>ollama/qwen3:0.6b</c>.</param>
    /// <returns>The name.</returns>
    /// <exception cref="FormatException">The text is empty or has no provider.</exception>
    public static ModelName Parse(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        int slash = text.IndexOf('/', StringComparison.Ordinal);
        if (text.Length == 0 || slash == 0)
        {
            throw new FormatException($"'{text}' is not a model name; write 'provider/model', such as 'ollama/qwen3:0.6b', or 'embedded'.");
        }

        return slash < 0 ? new ModelName(text, "") : new ModelName(text[..slash], text[(slash + 1)..]);
    }

    /// <inheritdoc/>
    public override string ToString() => Model.Length == 0 ? Provider : $"{Provider}/{Model}";
}
