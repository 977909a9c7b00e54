using System.Collections.Immutable;
using Bridge.Calling;
using Bridge.Outcomes;

namespace Bridge.Proposing;

/// <summary>A proposal after Bridge looked at it.</summary>
/// <param name="Proposal">What the caller proposed.</param>
/// <param name="Result">What came of it.</param>
internal sealed record CheckedProposal(Proposal Proposal, AttemptResult Result)
{
    /// <summary>The calls that name a tool, valid or not.</summary>
    public ImmutableArray<CheckedCall> Calls { get; init; } = [];

    /// <summary>What is wrong, for a developer.</summary>
    public ImmutableArray<string> Errors { get; init; } = [];

    /// <summary>What is wrong, compact, for the model's next attempt.</summary>
    public ImmutableArray<string> Hints { get; init; } = [];

    /// <summary>The highest confidence of a call that was not sure enough.</summary>
    public double? RejectedConfidence { get; init; }

    /// <summary>The threshold it was below.</summary>
    public double? RejectedThreshold { get; init; }
}
