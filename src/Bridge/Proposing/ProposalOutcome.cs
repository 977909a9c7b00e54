using System.Collections.Immutable;
using Bridge.Outcomes;
using Bridge.Shortlisting;

namespace Bridge.Proposing;

/// <summary>What the cascade of tool callers came to.</summary>
/// <param name="Outcome"><see cref="PromptOutcome.Proposed"/>, <see cref="PromptOutcome.NoCall"/> or <see cref="PromptOutcome.Failed"/>.</param>
/// <param name="Reason">Why.</param>
internal sealed record ProposalOutcome(PromptOutcome Outcome, Reason Reason)
{
    /// <summary>The calls: all valid when proposed; the last invalid proposal when failed.</summary>
    public ImmutableArray<CheckedCall> Calls { get; init; } = [];

    /// <summary>How sure the caller was; <see langword="null"/> when it does not say.</summary>
    public double? Confidence { get; init; }

    /// <summary>The caller that decided; <see langword="null"/> when none did.</summary>
    public string? Caller { get; init; }

    /// <summary>The tools that caller was shown; <see langword="null"/> when none decided.</summary>
    public Shortlist? Shown { get; init; }
}
