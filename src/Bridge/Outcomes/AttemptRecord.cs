using System.Collections.Immutable;

namespace Bridge.Outcomes;

/// <summary>One proposal of one tool caller, with what was wrong with it.</summary>
/// <param name="Caller">The tool caller, such as <c>ollama/qwen3:0.6b</c>.</param>
/// <param name="Number">The attempt with this caller, from 1.</param>
/// <param name="Result">What came of it.</param>
public sealed record AttemptRecord(string Caller, int Number, AttemptResult Result)
{
    /// <summary>Why the attempt was not used, a sentence each.</summary>
    public ImmutableArray<string> Errors { get; init; } = [];

    /// <summary>How long it took.</summary>
    public TimeSpan Duration { get; init; }

    /// <summary>The sampling temperature; <see langword="null"/> for the model's own.</summary>
    public double? Temperature { get; init; }

    /// <summary>Tokens read; <see langword="null"/> when the model does not say.</summary>
    public long? InputTokens { get; init; }

    /// <summary>Tokens written; <see langword="null"/> when the model does not say.</summary>
    public long? OutputTokens { get; init; }
}

/// <summary>What came of an attempt.</summary>
public enum AttemptResult
{
    /// <summary>Every proposed call was valid.</summary>
    Valid,

    /// <summary>A proposed call was invalid.</summary>
    Invalid,

    /// <summary>Nothing was proposed.</summary>
    NoCall,

    /// <summary>Calls were proposed with too little confidence.</summary>
    BelowThreshold,

    /// <summary>The endpoint failed.</summary>
    Error,

    /// <summary>The time limit of one attempt ended it.</summary>
    TimedOut,
}
