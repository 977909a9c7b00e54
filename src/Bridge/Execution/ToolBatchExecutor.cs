using System.Collections.Immutable;
using System.Runtime.InteropServices;
using Bridge.Outcomes;
using Bridge.Policy;
using Bridge.Tools;

namespace Bridge.Execution;

/// <summary>Takes the calls of one answer through the door: together where configuration allows it, else in the order proposed.</summary>
/// <remarks>
/// Calls that follow each other and whose tools configuration calls read-only or parallel run together. What a server says about
/// its tools never does that. A call that fails stops no other.
/// </remarks>
/// <param name="door">The door.</param>
/// <param name="rules">What configuration says of tools.</param>
internal sealed class ToolBatchExecutor(IToolExecutor door, RulesMonitor rules)
{
    /// <summary>Takes calls through the door.</summary>
    /// <param name="requests">The calls, in the order proposed.</param>
    /// <param name="context">On whose behalf; its budget of calls is shared by all of them.</param>
    /// <param name="observer">Who wants to know as it happens; <see langword="null"/> for nobody.</param>
    /// <param name="cancellationToken">Cancels running calls; those not yet started are <see cref="CallStatus.Cancelled"/>.</param>
    /// <returns>What became of each call, in the order proposed.</returns>
    public async Task<ImmutableArray<CallOutcome>> ExecuteAsync(
        IReadOnlyList<CallRequest> requests, CallContext context, IExecutionObserver? observer, CancellationToken cancellationToken)
    {
        ToolRules tools = rules.Current.Tools;
        var outcomes = new CallOutcome[requests.Count];
        for (int start = 0, end; start < requests.Count; start = end)
        {
            end = GroupEnd(requests, start, tools);
            if (end == start + 1)
            {
                outcomes[start] = await RunAsync(requests[start], start, context, observer, cancellationToken).ConfigureAwait(false);
                continue;
            }

            var group = new Task<CallOutcome>[end - start];
            for (int at = start; at < end; at++)
            {
                group[at - start] = RunAsync(requests[at], at, context, observer, cancellationToken);
            }

            (await Task.WhenAll(group).ConfigureAwait(false)).CopyTo(outcomes, start);
        }

        return ImmutableCollectionsMarshal.AsImmutableArray(outcomes);
    }

    private static int GroupEnd(IReadOnlyList<CallRequest> requests, int start, ToolRules tools)
    {
        int end = start;
        while (end < requests.Count && tools.For(requests[end].Entry.Tool).RunsBesideOthers)
        {
            end++;
        }

        return Math.Max(end, start + 1);
    }

    private async Task<CallOutcome> RunAsync(
        CallRequest request, int index, CallContext context, IExecutionObserver? observer, CancellationToken cancellationToken)
    {
        var call = new ToolCall(request.Id, request.Entry.Tool, request.Arguments);
        CallOutcome outcome;
        if (cancellationToken.IsCancellationRequested)
        {
            outcome = new CallOutcome(call, CallStatus.Cancelled, new Reason(
                ReasonKind.Cancelled, $"The caller cancelled before the tool '{call.Tool.Id}' was called; it did not run."))
            { Confidence = request.Confidence };
        }
        else
        {
            observer?.Started(call);
            CallContext own = context.RemainingCalls is { } left ? context with { RemainingCalls = left - index } : context;
            outcome = await door.ExecuteAsync(request, own, cancellationToken).ConfigureAwait(false);
        }

        observer?.Ended(outcome);
        return outcome;
    }
}
