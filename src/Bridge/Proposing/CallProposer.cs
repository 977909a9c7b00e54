using System.Collections.Immutable;
using Bridge.Calling;
using Bridge.Outcomes;
using Bridge.Policy;
using Bridge.Resilience;
using Bridge.Shortlisting;
using Polly.CircuitBreaker;
using Polly.Timeout;

namespace Bridge.Proposing;

/// <summary>Asks the cascade of tool callers until one proposes valid calls, or decides that none is right.</summary>
internal sealed class CallProposer
{
    private const int MaxAttempts = 1000;

    private readonly CallerCascade _cascade;
    private readonly ToolBudget _budget;
    private readonly RulesMonitor _rules;
    private readonly TimeProvider _time;
    private readonly CallerPipelines<CheckedProposal> _pipelines;
    private readonly CallerPipelines<CheckedProposal> _persistentPipelines;

    public CallProposer(CallerCascade cascade, ToolBudget budget, RulesMonitor rules, TimeProvider time)
    {
        _cascade = cascade;
        _budget = budget;
        _rules = rules;
        _time = time;
        _pipelines = new CallerPipelines<CheckedProposal>(static proposed => proposed.Result != AttemptResult.Invalid, time);
        _persistentPipelines = new CallerPipelines<CheckedProposal>(
            static proposed => proposed.Result is not (AttemptResult.Invalid or AttemptResult.NoCall), time);
    }

    /// <summary>Asks each caller in turn.</summary>
    /// <param name="question">What is asked.</param>
    /// <param name="log">Where attempts go.</param>
    /// <param name="cancellationToken">Ends the asking.</param>
    public async Task<ProposalOutcome> ProposeAsync(ProposalQuestion question, AttemptLog log, CancellationToken cancellationToken)
    {
        ImmutableArray<CallerEntry> callers = _cascade.Resolve(question.Caller, out Reason? problem);
        if (problem is not null)
        {
            return new ProposalOutcome(PromptOutcome.Failed, problem);
        }

        var usedIds = new HashSet<string>(question.UsedIds, StringComparer.Ordinal);
        ProposalOutcome? outcome = null;
        foreach (CallerEntry entry in callers)
        {
            ProposalOutcome next = await AskAsync(question.IgnoreThresholds ? CallerThresholds.Ignore(entry) : entry, question, usedIds, log, cancellationToken).ConfigureAwait(false);
            if (IsFinal(next))
            {
                return next;
            }

            outcome = Prefer(outcome, next);
        }

        return outcome!;
    }

    // Not sure enough, or not usable: the next caller may do better.
    private static bool IsFinal(ProposalOutcome outcome) =>
        outcome.Outcome == PromptOutcome.Proposed || outcome is { Outcome: PromptOutcome.NoCall, Reason.Kind: ReasonKind.NothingProposed };

    // A caller that was not sure says more about the prompt than one that could not be reached.
    private static ProposalOutcome Prefer(ProposalOutcome? first, ProposalOutcome second) =>
        first is null || (first.Outcome == PromptOutcome.Failed && second.Outcome == PromptOutcome.NoCall) ? second
        : first.Outcome == PromptOutcome.NoCall ? first
        : second;

    private async Task<ProposalOutcome> AskAsync(
        CallerEntry entry, ProposalQuestion question, HashSet<string> usedIds, AttemptLog log, CancellationToken cancellationToken)
    {
        Shortlist shortlist = await _budget.FitAsync(question.Prompt, question.Tools, entry.Caller.Capabilities, entry.Profile, cancellationToken).ConfigureAwait(false);
        var request = new ProposalRequest(question.Prompt, shortlist) { Choice = question.Choice, MaxCalls = question.MaxCalls };
        var attempts = new CallerAttempts(entry, request, _rules.Current.Tools, usedIds, log, _time);
        int count = entry.Caller.Capabilities.Deterministic ? 1 : Math.Clamp(question.Attempts ?? entry.Profile.Attempts, 1, MaxAttempts);
        CallerPipelines<CheckedProposal> pipelines = entry.Profile.RetryNoCall ? _persistentPipelines : _pipelines;
        try
        {
            CheckedProposal proposed = await pipelines.For(entry.Name, entry.Profile, count).ExecuteAsync(
                static (state, token) => state.NextAsync(token), attempts, cancellationToken).ConfigureAwait(false);
            return Judge(entry, proposed, count) with { Shown = shortlist };
        }
        catch (ToolCallerException error)
        {
            return Failed(error.Kind, error.Message);
        }
        catch (BrokenCircuitException error)
        {
            string wait = error.RetryAfter is { } after ? $" It is tried again in {after.TotalSeconds:0} s." : "";
            string message = $"The tool caller '{entry.Name}' failed {entry.Profile.CircuitFailures} times in a row and is left alone for a while.{wait} {attempts.LastError}".TrimEnd();
            log.Add(new AttemptRecord(entry.Name.ToString(), 1, AttemptResult.Error) { Errors = [message] });
            return Failed(ReasonKind.CallerUnavailable, message);
        }
        catch (TimeoutRejectedException error)
        {
            return attempts.Last is { } last
                ? Judge(entry, last, count) with { Shown = shortlist }
                : Failed(ReasonKind.TimedOut, $"The tool caller '{entry.Name}' did not propose a usable call within {error.Timeout.TotalSeconds:0.#} s.");
        }

        ProposalOutcome Failed(ReasonKind kind, string message) =>
            new(PromptOutcome.Failed, new Reason(kind, message)) { Caller = entry.Name.ToString() };
    }

    private static ProposalOutcome Judge(CallerEntry entry, CheckedProposal proposed, int attempts)
    {
        string caller = entry.Name.ToString();
        Reason reason = proposed.Result switch
        {
            AttemptResult.Valid => new Reason(ReasonKind.None, $"'{caller}' proposed {proposed.Calls.Length} valid {(proposed.Calls.Length == 1 ? "call" : "calls")}."),
            AttemptResult.NoCall when IsUnsure(entry, proposed) => new Reason(
                ReasonKind.BelowThreshold,
                $"'{caller}' found no tool to call, with a confidence of {proposed.Proposal.Confidence:0.00}, below its threshold of {entry.Profile.Threshold:0.00}."),
            AttemptResult.NoCall => new Reason(
                ReasonKind.NothingProposed, proposed.Proposal.Explanation ?? $"'{caller}' found no tool that fits."),
            AttemptResult.BelowThreshold => new Reason(
                ReasonKind.BelowThreshold,
                $"'{caller}' proposed '{proposed.Proposal.Calls[0].WireName}' with a confidence of {proposed.RejectedConfidence:0.00}, below its threshold of {proposed.RejectedThreshold:0.00}."),
            _ => new Reason(
                ReasonKind.CallerMisbehaved,
                $"'{caller}' proposed no valid call in {attempts} {(attempts == 1 ? "attempt" : "attempts")}. {string.Join(' ', proposed.Errors)}"),
        };
        PromptOutcome outcome = proposed.Result switch
        {
            AttemptResult.Valid => PromptOutcome.Proposed,
            AttemptResult.Invalid => PromptOutcome.Failed,
            _ => PromptOutcome.NoCall,
        };
        return new ProposalOutcome(outcome, reason)
        {
            Calls = proposed.Calls,
            Confidence = proposed.RejectedConfidence ?? proposed.Proposal.Confidence,
            Caller = caller,
        };
    }

    private static bool IsUnsure(CallerEntry entry, CheckedProposal proposed) =>
        entry.Profile.Threshold is { } threshold && proposed.Proposal.Confidence < threshold;
}
