using Bridge.Configuration;
using Bridge.Outcomes;
using Bridge.Tools;

namespace Bridge.Execution;

/// <summary>Bounds a call: depth, budget, slots of its client, tool and source, time. Waiting for slots and running share one time limit.</summary>
/// <remarks>
/// A call that its source goes on with as a task, which the caller follows, is no longer waited for: the slots of its client and its
/// source are free again, and the follower's time counts. What configuration says of the tool itself, its time and its slots, holds on.
/// </remarks>
/// <param name="next">The next stage.</param>
/// <param name="clock">Measures time.</param>
internal sealed class LimitStage(ICallStage next, TimeProvider clock) : ICallStage
{
    private readonly CallSlots _slots = new();

    /// <inheritdoc/>
    public ValueTask<CallOutcome> RunAsync(CallState call, CancellationToken cancellationToken)
    {
        if (Refuse(call) is { } refused)
        {
            return new(refused);
        }

        TimeSpan allowed = TimeAllowed(call);
        return allowed > TimeSpan.Zero
            ? RunAsync(call, allowed, cancellationToken)
            : new(call.End(
                CallStatus.Failed,
                ReasonKind.TimedOut,
                $"The time for '{call.Tool.Id}' was over before it was called, so it did not run: allow more time for the whole prompt."));
    }

    private static CallOutcome? Refuse(CallState call)
    {
        LimitOptions limits = call.Rules.Limits;
        if (call.Context.Depth > limits.MaxDepth)
        {
            return call.End(
                CallStatus.Failed,
                ReasonKind.LimitReached,
                $"The call of '{call.Tool.Id}' is nested {call.Context.Depth} deep, and at most {limits.MaxDepth} is allowed: nest less, or raise Bridge:Limits:MaxDepth.");
        }

        return call.Context.RemainingCalls is <= 0
            ? call.End(
                CallStatus.Failed,
                ReasonKind.LimitReached,
                $"No calls are left for '{call.Tool.Id}': the calls allowed for this request are used up.")
            : null;
    }

    private async ValueTask<CallOutcome> RunAsync(CallState call, TimeSpan allowed, CancellationToken cancellationToken)
    {
        using var limit = new CancellationTokenSource(allowed, clock);
        using CancellationTokenRegistration link = cancellationToken.UnsafeRegister(
            static source => ((CancellationTokenSource)source!).Cancel(), limit);
        SlotKey[] wanted = SlotsOf(call);
        var held = new HeldSlots(wanted.Length);
        int taken = 0;
        try
        {
            for (; taken < wanted.Length; taken++)
            {
                SemaphoreSlim slots = _slots.Of(wanted[taken]);
                await slots.WaitAsync(limit.Token).ConfigureAwait(false);
                held.Add(wanted[taken].Kind, slots);
            }
        }
        catch (OperationCanceledException)
        {
            held.Release();
            cancellationToken.ThrowIfCancellationRequested();
            return call.End(
                CallStatus.Failed,
                ReasonKind.LimitReached,
                $"{wanted[taken].Size} calls of the {wanted[taken]} were running and none ended within {Text(allowed)}, so '{call.Tool.Id}' did not run: try again later, or raise {wanted[taken].Setting}.");
        }

        if (call.Context.Task is { } follower)
        {
            call.Context = call.Context with
            {
                Task = new DelegatingTaskFollower(follower, () =>
                {
                    held.ReleaseWaiting();
                    allowed = TimeAllowed(call, follower.Limit);
                    limit.CancelAfter(allowed > TimeSpan.Zero ? allowed : TimeSpan.Zero);
                }),
            };
        }

        try
        {
            return await next.RunAsync(call, limit.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (limit.IsCancellationRequested && !cancellationToken.IsCancellationRequested)
        {
            return call.End(CallStatus.Failed, ReasonKind.TimedOut, call.Running is null
                ? $"The time for '{call.Tool.Id}' ({Text(allowed)}) was over before it was called, so it did not run."
                : $"The tool '{call.Tool.Id}' did not answer within {Text(allowed)}. It was told to stop, and nobody knows how far it came: check before trying again, or raise its 'Timeout' in Bridge:Tools.");
        }
        finally
        {
            Leave(held, call.Running);
        }
    }

    /// <summary>The slots a call needs, in the order in which every call takes them, so that no two wait for each other.</summary>
    private static SlotKey[] SlotsOf(CallState call)
    {
        LimitOptions limits = call.Rules.Limits;
        var source = new SlotKey(SlotKind.Source, call.Request.Entry.Source.Id, Math.Max(1, limits.ConcurrentCallsPerSource));

        // A nested call runs inside one that holds its client's slot.
        bool ofClient = limits.ConcurrentCallsPerClient > 0 && call.Context.Depth == 0;
        SlotKey[] client = ofClient ? [new SlotKey(SlotKind.Client, call.Context.Identity.Id, limits.ConcurrentCallsPerClient)] : [];
        SlotKey[] tool = call.Rule.ConcurrentCalls is { } most ? [new SlotKey(SlotKind.Tool, call.Tool.Id.ToString(), most)] : [];
        return [.. client, .. tool, source];
    }

    /// <summary>A call that ignores its cancellation keeps its slots until it really ends.</summary>
    private static void Leave(HeldSlots held, Task? running)
    {
        if (running is null || running.IsCompleted)
        {
            held.Release();
            return;
        }

        running.ContinueWith(
            static (ended, state) =>
            {
                _ = ended.Exception;
                ((HeldSlots)state!).Release();
            },
            held,
            CancellationToken.None,
            TaskContinuationOptions.ExecuteSynchronously,
            TaskScheduler.Default);
    }

    private static string Text(TimeSpan time) => FormattableString.Invariant($"{time.TotalSeconds:0.###} s");

    private TimeSpan TimeAllowed(CallState call, TimeSpan? asTask = null)
    {
        TimeSpan allowed = call.Rule.Timeout ?? asTask ?? call.Rules.Limits.CallTimeout;
        return call.Context.Deadline is { } deadline && deadline - clock.GetUtcNow() is var left && left < allowed ? left : allowed;
    }
}
