using System.Collections.Immutable;
using Bridge.Calling;
using Bridge.Prompts;
using Bridge.Tools;

namespace Bridge.Proposing;

/// <summary>What the cascade is asked.</summary>
/// <param name="Prompt">The prompt.</param>
/// <param name="Tools">The allowed tools, in catalog order.</param>
internal sealed record ProposalQuestion(Prompt Prompt, ImmutableArray<Tool> Tools)
{
    /// <summary>The one caller to ask; <see langword="null"/> for the configured cascade.</summary>
    public string? Caller { get; init; }

    public ToolChoice Choice { get; init; } = ToolChoice.Auto;

    public int MaxCalls { get; init; }

    /// <summary>The attempts of each caller; <see langword="null"/> for its profile's number.</summary>
    public int? Attempts { get; init; }

    /// <summary>Whether calls count whatever their confidence: to learn thresholds, never to run calls.</summary>
    public bool IgnoreThresholds { get; init; }

    /// <summary>The ids of calls that are in the prompt already.</summary>
    public ImmutableArray<string> UsedIds { get; init; } = [];
}
