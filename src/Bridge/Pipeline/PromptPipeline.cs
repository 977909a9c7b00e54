using System.Collections.Immutable;
using System.Diagnostics;
using Bridge.Calling;
using Bridge.Catalog;
using Bridge.Configuration;
using Bridge.Execution;
using Bridge.Outcomes;
using Bridge.Prompts;
using Bridge.Proposing;
using Bridge.Telemetry;
using Bridge.Tools;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.Options;

namespace Bridge.Pipeline;

/// <summary>The way of a prompt: catalog, proposing, execution, augmentation. One core for streaming and not.</summary>
internal sealed class PromptPipeline(
    ToolCatalog catalog,
    CallProposer proposer,
    ToolBatchExecutor batch,
    IOptionsMonitor<BridgeOptions> options,
    TimeProvider time,
    PromptRecorder recorder)
{
    // The longest a timer takes.
    private static readonly TimeSpan s_longest = TimeSpan.FromMilliseconds(int.MaxValue);

    /// <summary>Takes a prompt all the way.</summary>
    /// <param name="prompt">The prompt.</param>
    /// <param name="how">How to treat it.</param>
    /// <param name="context">On whose behalf.</param>
    /// <param name="listener">Hears what happens, the end excepted.</param>
    /// <param name="cancellationToken">The caller's cancellation.</param>
    public async Task<Prompt> RunAsync(
        Prompt prompt, ToolCallOptions how, CallContext context, Action<BridgeEvent> listener, CancellationToken cancellationToken)
    {
        using Activity? activity = TraceContext.Start("bridge.prompt", context.Meta);
        long start = time.GetTimestamp();
        LimitOptions limits = options.CurrentValue.Limits;
        TimeSpan timeout = TimeLeft(how.Timeout ?? limits.PromptTimeout, context.Deadline);
        using var clock = new CancellationTokenSource(timeout, time);
        using var both = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, clock.Token);
        AttemptLog attempts = recorder.Attempts(listener);
        var journey = new Journey(prompt, how, context with { Deadline = time.GetUtcNow() + timeout }, attempts, listener);
        Prompt done;
        try
        {
            done = await AdvanceAsync(journey, how.MaxCalls ?? limits.MaxCalls, both.Token, cancellationToken).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            done = journey.End(PromptOutcome.Cancelled, ReasonKind.Cancelled, "The caller cancelled before a tool was called.");
        }
        catch (OperationCanceledException) when (clock.IsCancellationRequested)
        {
            done = journey.End(
                PromptOutcome.Failed, ReasonKind.TimedOut, $"No tool was called within {timeout.TotalSeconds:0.#} s, the time limit of a prompt.");
        }
        catch (Exception error) when (error is not OperationCanceledException)
        {
            string correlation = Guid.NewGuid().ToString("N");
            recorder.Fault(correlation, error);
            done = journey.End(PromptOutcome.Failed, ReasonKind.InternalError, $"Bridge failed; the log has the detail under '{correlation}'.");
        }

        recorder.Record(journey, done, activity, time.GetElapsedTime(start));
        return done;
    }

    // Execution gets the caller's token alone: its door knows the deadline, and tells a time-out from a cancellation.
    private async Task<Prompt> AdvanceAsync(
        Journey journey, int maxCalls, CancellationToken timeLimit, CancellationToken cancellationToken)
    {
        ToolCallOptions how = journey.Options;
        if (how.Choice.Mode == ToolChoiceMode.None)
        {
            return journey.End(PromptOutcome.NoCall, ReasonKind.NothingProposed, "No tool may be called: the tool choice is 'none'.");
        }

        CatalogSnapshot snapshot = await catalog.GetAsync(journey.Context, timeLimit).ConfigureAwait(false);
        journey.CatalogVersion = snapshot.Version;
        ImmutableArray<Tool> tools = ToolsFor(snapshot, how, out Reason? problem);
        if (problem is not null)
        {
            return journey.End(PromptOutcome.Failed, problem);
        }

        if (tools.IsEmpty)
        {
            PromptOutcome outcome = how.Choice.Mode == ToolChoiceMode.Auto ? PromptOutcome.NoCall : PromptOutcome.Failed;
            return journey.End(outcome, ReasonKind.NoTools, "There are no tools to call: no server offers one. `bridge doctor` says why.");
        }

        var question = new ProposalQuestion(journey.Prompt, tools)
        {
            Caller = how.Caller,
            Choice = how.Choice,
            MaxCalls = maxCalls,
            Attempts = how.Attempts,
            UsedIds = UsedIds(journey.Prompt),
        };
        ProposalOutcome proposed = await proposer.ProposeAsync(question, journey.Attempts, timeLimit).ConfigureAwait(false);
        journey.Confidence = proposed.Confidence;
        (journey.Shown, journey.Caller) = (proposed.Shown, proposed.Caller);
        if (proposed.Outcome != PromptOutcome.Proposed)
        {
            return journey.End(proposed.Outcome, proposed.Reason, [.. proposed.Calls.Select(ProposedCalls.ToUnusable)]);
        }

        ImmutableArray<CallOutcome> outcomes = how.Execute
            ? await ExecuteAsync(journey, snapshot, proposed, maxCalls, cancellationToken).ConfigureAwait(false)
            : [.. proposed.Calls.Select(call => ProposedCalls.ToSkipped(call, ReasonKind.NotExecuted, "The call is valid; execution was not asked for."))];
        journey.Augment([.. proposed.Calls.Zip(outcomes, (call, outcome) => (call.WireName, outcome))]);
        (PromptOutcome end, Reason reason) = OutcomeRules.Judge(outcomes, proposed.Reason);
        return journey.End(end, reason, outcomes);
    }

    private static ImmutableArray<Tool> ToolsFor(CatalogSnapshot snapshot, ToolCallOptions how, out Reason? problem)
    {
        ImmutableArray<Tool> allowed = ToolSelection.FindAll(snapshot, how.AllowedTools, out problem);
        if (problem is not null || how.Choice.Mode != ToolChoiceMode.Named)
        {
            return allowed;
        }

        CatalogEntry? named = ToolSelection.FindOne(snapshot, how.Choice.Tool ?? "", out problem);
        if (named is not null && !allowed.Contains(named.Tool))
        {
            problem = new Reason(ReasonKind.UnknownTool, $"The tool choice names '{named.Tool.Id}', which is not among the allowed tools.");
        }

        return problem is null ? [named!.Tool] : [];
    }

    private async Task<ImmutableArray<CallOutcome>> ExecuteAsync(
        Journey journey, CatalogSnapshot snapshot, ProposalOutcome proposed, int maxCalls, CancellationToken cancellationToken)
    {
        ImmutableArray<CallRequest> requests = [.. proposed.Calls.Take(maxCalls).Select(call =>
            new CallRequest(call.Call.Id, snapshot.Find(call.Call.Tool.Id)!, call.Call.Arguments)
            {
                Origin = CallOrigin.Prompt,
                Caller = proposed.Caller,
                Confidence = call.Confidence,
                Repairs = call.Repairs,
            })];
        CallContext context = journey.Context with { Progress = new ProgressForwarder(journey.Listener, journey.Context.Progress) };
        ImmutableArray<CallOutcome> outcomes = await batch.ExecuteAsync(
            requests,
            context,
            new CallForwarder(journey.Listener),
            cancellationToken).ConfigureAwait(false);
        return [.. outcomes, .. proposed.Calls.Skip(maxCalls).Select(call =>
            ProposedCalls.ToSkipped(call, ReasonKind.LimitReached, $"Only {maxCalls} calls are allowed for one prompt."))];
    }

    private static ImmutableArray<string> UsedIds(Prompt prompt) =>
        [.. prompt.Messages.SelectMany(message => message.Inner.Contents).OfType<FunctionCallContent>().Select(call => call.CallId)];

    private TimeSpan TimeLeft(TimeSpan timeout, DateTimeOffset? deadline)
    {
        TimeSpan left = deadline is { } end && end - time.GetUtcNow() < timeout ? end - time.GetUtcNow() : timeout;
        return left < TimeSpan.Zero ? TimeSpan.Zero : left > s_longest ? s_longest : left;
    }
}
