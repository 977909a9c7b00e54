namespace Bridge.Llama.Decoding;

/// <summary>How calls are decoded for one prompt.</summary>
internal sealed record DecodingSettings
{
    /// <summary>The most tokens that are written, guesses included.</summary>
    public int MaxTokens { get; init; } = 512;

    /// <summary>The most calls.</summary>
    public int MaxCalls { get; init; } = 1;

    /// <summary>Whether there must be a call.</summary>
    public bool Required { get; init; }

    /// <summary>How likely a call must be to be written, 0 to 1.</summary>
    public double CallThreshold { get; init; } = 0.5;

    /// <summary>The sampling temperature; 0 takes the most likely.</summary>
    public double Temperature { get; init; }

    /// <summary>The same seed gives the same sample.</summary>
    public int Seed { get; init; }

    /// <summary>Whether forced text is computed together with the choice before it, rather than token by token.</summary>
    public bool JumpsForward { get; init; } = true;

    /// <summary>The most tokens that are guessed ahead and verified in one go; 0 for none.</summary>
    public int MaxDraftTokens { get; init; } = 24;
}
