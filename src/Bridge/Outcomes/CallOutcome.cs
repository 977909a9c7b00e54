using System.Collections.Immutable;
using Bridge.Tools;

namespace Bridge.Outcomes;

/// <summary>What became of one call.</summary>
/// <param name="Call">The call; its arguments are validated unless <paramref name="Status"/> is <see cref="CallStatus.Failed"/> for that reason.</param>
/// <param name="Status">The status.</param>
/// <param name="Reason">Why; <see cref="ReasonKind.None"/> when it succeeded.</param>
public sealed record CallOutcome(ToolCall Call, CallStatus Status, Reason Reason)
{
    /// <summary>What the tool answered; <see langword="null"/> when it was not reached or its answer was lost.</summary>
    public ToolResult? Result { get; init; }

    /// <summary>How long the call took, from the door to the result.</summary>
    public TimeSpan Duration { get; init; }

    /// <summary>How sure the tool caller was, 0 to 1; <see langword="null"/> when it does not say.</summary>
    public double? Confidence { get; init; }

    /// <summary>What was repaired in the arguments, a sentence each.</summary>
    public ImmutableArray<string> Repairs { get; init; } = [];
}

/// <summary>The statuses of a call.</summary>
public enum CallStatus
{
    /// <summary>The tool ran and answered.</summary>
    Succeeded,

    /// <summary>The tool ran and reported an error.</summary>
    ToolError,

    /// <summary>The tool did not run, or its answer was lost.</summary>
    Failed,

    /// <summary>A person must consent first.</summary>
    NeedsApproval,

    /// <summary>The call was valid and was not executed.</summary>
    Skipped,

    /// <summary>The caller cancelled.</summary>
    Cancelled,
}
