namespace Bridge.Calling;

/// <summary>Where the value of an argument comes from.</summary>
/// <param name="Text">The words of the prompt it was made of; <see langword="null"/> for a default.</param>
public sealed record ArgumentEvidence(string? Text)
{
    /// <summary>The value is a default that the tool's schema declares; the prompt does not say it.</summary>
    public static ArgumentEvidence OfDefault { get; } = new((string?)null);

    /// <summary>Whether the value is a default that the tool's schema declares.</summary>
    public bool IsDefault => Text is null;

    /// <summary>The value was made of words of the prompt.</summary>
    /// <param name="text">The words.</param>
    /// <returns>The evidence.</returns>
    public static ArgumentEvidence OfText(string text) => new(text);
}
