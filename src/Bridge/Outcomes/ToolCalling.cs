using System.Collections.Immutable;

namespace Bridge.Outcomes;

/// <summary>What became of a prompt.</summary>
/// <param name="Outcome">The outcome.</param>
/// <param name="Reason">Why.</param>
public sealed record ToolCalling(PromptOutcome Outcome, Reason Reason)
{
    /// <summary>How sure the tool caller was of its choice, 0 to 1; <see langword="null"/> when it does not say.</summary>
    public double? Confidence { get; init; }

    /// <summary>The calls, in the order proposed.</summary>
    public ImmutableArray<CallOutcome> Calls { get; init; } = [];

    /// <summary>Every attempt of every caller, in order.</summary>
    public ImmutableArray<AttemptRecord> Attempts { get; init; } = [];

    /// <summary>The version of the catalog the tools came from.</summary>
    public string CatalogVersion { get; init; } = "";
}

/// <summary>The outcomes of a prompt.</summary>
public enum PromptOutcome
{
    /// <summary>At least one call reached a tool and returned.</summary>
    Called,

    /// <summary>A person must consent first.</summary>
    NeedsApproval,

    /// <summary>Nothing could be called.</summary>
    Failed,

    /// <summary>The caller cancelled.</summary>
    Cancelled,

    /// <summary>Valid calls were proposed and, as asked, not executed.</summary>
    Proposed,

    /// <summary>No tool fits; a first-class answer.</summary>
    NoCall,
}
