using Bridge.Configuration;
using Bridge.Outcomes;
using Bridge.Policy;

namespace Bridge.Execution;

/// <summary>Limits how often a client calls, and how often a tool is called. A refused call costs nothing of the share that refused it.</summary>
/// <param name="next">The next stage.</param>
/// <param name="clock">Measures time.</param>
internal sealed class RateStage(ICallStage next, TimeProvider clock) : ICallStage
{
    private readonly KeyedRateLimiter _clients = new(clock), _tools = new(clock);

    /// <inheritdoc/>
    public ValueTask<CallOutcome> RunAsync(CallState call, CancellationToken cancellationToken)
    {
        LimitOptions limits = call.Rules.Limits;
        if (limits.CallsPerMinutePerClient > 0
            && _clients.Take(call.Context.Identity.Id, limits.CallsPerMinutePerClient) is { Ticks: > 0 } clientWait)
        {
            return new(Refuse(
                call, $"The client '{call.Context.Identity.Id}'", limits.CallsPerMinutePerClient, clientWait, "Bridge:Limits:CallsPerMinutePerClient"));
        }

        return call.Rule.CallsPerMinute is { } perMinute && _tools.Take(call.Tool.Id.ToString(), perMinute) is { Ticks: > 0 } toolWait
            ? new(Refuse(call, "The tool", perMinute, toolWait, "its 'CallsPerMinute' in Bridge:Tools"))
            : next.RunAsync(call, cancellationToken);
    }

    private static CallOutcome Refuse(CallState call, string whose, int perMinute, TimeSpan wait, string setting) => call.End(
        CallStatus.Failed,
        new Reason(
            ReasonKind.RateLimited,
            FormattableString.Invariant(
                $"{whose} used up the {perMinute} calls of a minute, so '{call.Tool.Id}' did not run: try again in {Math.Ceiling(wait.TotalSeconds):0} s, or raise {setting}."))
        {
            RetryAfter = wait,
        });
}
