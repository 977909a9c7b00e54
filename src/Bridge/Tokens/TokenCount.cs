namespace Bridge.Tokens;

/// <summary>A number of tokens.</summary>
/// <param name="Tokens">The number.</param>
/// <param name="IsEstimate">Whether it is estimated rather than counted by the model's own tokenizer.</param>
public readonly record struct TokenCount(int Tokens, bool IsEstimate)
{
    /// <inheritdoc/>
    public override string ToString() => IsEstimate ? $"about {Tokens} (estimated)" : $"{Tokens}";
}
