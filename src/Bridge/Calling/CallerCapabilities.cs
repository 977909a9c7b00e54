namespace Bridge.Calling;

/// <summary>What a tool caller can do.</summary>
public sealed record CallerCapabilities
{
    /// <summary>The most tools it reads well; <see langword="null"/> for as many as fit its context.</summary>
    public int? MaxTools { get; init; }

    /// <summary>Tokens for prompt and tools together; <see langword="null"/> when there is no such bound.</summary>
    public int? ContextTokens { get; init; }

    /// <summary>Whether it can propose several calls at once.</summary>
    public bool SeveralCalls { get; init; } = true;

    /// <summary>Whether it always proposes the same for the same request, so that asking again is pointless.</summary>
    public bool Deterministic { get; init; }
}
