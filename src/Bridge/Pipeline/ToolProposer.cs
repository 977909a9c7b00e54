using System.Collections.Immutable;
using Bridge.Configuration;
using Bridge.Outcomes;
using Bridge.Prompts;
using Bridge.Proposing;
using Bridge.Tools;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Bridge.Pipeline;

/// <summary>Asks tool callers for calls of given tools, as every prompt does, and executes nothing: neither catalog nor door takes part. Thread-safe.</summary>
public sealed class ToolProposer
{
    private readonly CallProposer _proposer;
    private readonly IOptionsMonitor<BridgeOptions> _options;
    private readonly ILogger<ToolProposer> _logger;

    internal ToolProposer(CallProposer proposer, IOptionsMonitor<BridgeOptions> options, ILogger<ToolProposer> logger)
    {
        _proposer = proposer;
        _options = options;
        _logger = logger;
    }

    /// <summary>Asks for calls.</summary>
    /// <param name="prompt">The prompt.</param>
    /// <param name="tools">The tools that may be called; with none, nothing is proposed.</param>
    /// <param name="caller">The one tool caller to ask; <see langword="null"/> for the configured cascade.</param>
    /// <param name="ignoreThresholds">Whether calls count whatever their confidence: to learn what thresholds are worth.</param>
    /// <param name="cancellationToken">Ends the asking.</param>
    /// <returns>What came of it: <see cref="PromptOutcome.Proposed"/>, <see cref="PromptOutcome.NoCall"/> or <see cref="PromptOutcome.Failed"/>.</returns>
    /// <exception cref="OperationCanceledException">The token ended the asking.</exception>
    public async Task<ToolCalling> ProposeAsync(
        Prompt prompt, ImmutableArray<Tool> tools, string? caller = null, bool ignoreThresholds = false, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(prompt);
        if (tools.IsDefaultOrEmpty)
        {
            return new ToolCalling(PromptOutcome.NoCall, new Reason(ReasonKind.NoTools, "There are no tools to call."));
        }

        var attempts = new AttemptLog(_logger, static _ => { });
        var question = new ProposalQuestion(prompt, tools)
        {
            Caller = caller,
            MaxCalls = _options.CurrentValue.Limits.MaxCalls,
            IgnoreThresholds = ignoreThresholds,
        };
        ProposalOutcome proposed = await _proposer.ProposeAsync(question, attempts, cancellationToken).ConfigureAwait(false);
        return new ToolCalling(proposed.Outcome, proposed.Reason)
        {
            Confidence = proposed.Confidence,
            Attempts = attempts.Records,
            Calls = [.. proposed.Calls.Select(call => proposed.Outcome == PromptOutcome.Proposed
                ? ProposedCalls.ToSkipped(call, ReasonKind.NotExecuted, "The call is valid; execution was not asked for.")
                : ProposedCalls.ToUnusable(call))],
        };
    }
}
