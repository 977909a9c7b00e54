using System.Collections.Immutable;
using System.Text.Json;

namespace Bridge.Evaluation.Predictions;

/// <summary>What a tool caller proposed for a record.</summary>
/// <param name="Id">The record's id.</param>
/// <param name="Calls">The calls; empty for none.</param>
public sealed record Prediction(string Id, ImmutableArray<PredictedCall> Calls)
{
    /// <summary>Whether the caller came to no usable answer: no call where none is right, wrong elsewhere.</summary>
    public bool Invalid { get; init; }

    /// <summary>The tool caller; <see langword="null"/> when unknown.</summary>
    public string? Caller { get; init; }

    /// <summary>The hash of the record that was asked; <see langword="null"/> when unknown.</summary>
    public string? RecordHash { get; init; }

    /// <summary>Why it came to this, in a sentence.</summary>
    public string? Reason { get; init; }

    /// <summary>How sure the caller was of its choice, no call included, 0 to 1; <see langword="null"/> when it does not say.</summary>
    public double? Confidence { get; init; }

    /// <summary>How long all attempts took together, in milliseconds; <see langword="null"/> when unknown.</summary>
    public double? Milliseconds { get; init; }

    /// <summary>The attempts, in order; empty when unknown.</summary>
    public ImmutableArray<PredictedAttempt> Attempts { get; init; } = [];
}

/// <summary>A proposed call.</summary>
/// <param name="Name">The tool's name.</param>
/// <param name="Arguments">The arguments, supposedly an object.</param>
public sealed record PredictedCall(string? Name, JsonElement Arguments)
{
    /// <summary>How sure the caller was of this call, 0 to 1; <see langword="null"/> when it does not say.</summary>
    public double? Confidence { get; init; }
}

/// <summary>An attempt.</summary>
/// <param name="Result">What came of it, such as <c>valid</c> or <c>no_call</c>.</param>
/// <param name="Milliseconds">How long it took.</param>
public sealed record PredictedAttempt(string Result, double Milliseconds)
{
    /// <summary>The sampling temperature; <see langword="null"/> for the model's own.</summary>
    public double? Temperature { get; init; }

    /// <summary>Tokens read; <see langword="null"/> when unknown.</summary>
    public long? InputTokens { get; init; }

    /// <summary>Tokens written; <see langword="null"/> when unknown.</summary>
    public long? OutputTokens { get; init; }
}
