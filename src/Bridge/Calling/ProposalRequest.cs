using System.Collections.Immutable;
using Bridge.Prompts;
using Bridge.Shortlisting;

namespace Bridge.Calling;

/// <summary>What a tool caller is asked.</summary>
/// <param name="Prompt">The prompt.</param>
/// <param name="Shortlist">The tools it may call.</param>
public sealed record ProposalRequest(Prompt Prompt, Shortlist Shortlist)
{
    /// <summary>Auto, required or one certain tool (then the shortlist holds that tool alone); never none.</summary>
    public ToolChoice Choice { get; init; } = ToolChoice.Auto;

    /// <summary>The most calls that will run. What is proposed beyond is reported as skipped, so nothing need be squeezed into fewer calls.</summary>
    public int MaxCalls { get; init; } = 8;

    /// <summary>The sampling temperature; <see langword="null"/> for the model's own.</summary>
    public double? Temperature { get; init; }

    /// <summary>What this caller proposed before for this prompt and what was wrong with it, oldest first.</summary>
    public ImmutableArray<RejectedProposal> Rejected { get; init; } = [];
}

/// <summary>An earlier proposal that could not be used.</summary>
/// <param name="Proposal">The proposal.</param>
/// <param name="Hints">What is wrong with it, compact, fit for a small model.</param>
public sealed record RejectedProposal(Proposal Proposal, ImmutableArray<string> Hints);
