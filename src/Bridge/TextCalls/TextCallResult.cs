using System.Collections.Immutable;

namespace Bridge.TextCalls;

/// <summary>What was found in a model's answer.</summary>
/// <param name="Calls">The calls, in the order written; empty when there are none.</param>
public sealed record TextCallResult(ImmutableArray<TextCall> Calls)
{
    /// <summary>Nothing was found.</summary>
    public static TextCallResult None { get; } = new([]);

    /// <summary>What looked like a call and was none, in a sentence; <see langword="null"/> when nothing did.</summary>
    public string? Malformed { get; init; }
}
