using System.Diagnostics;
using Bridge.Audit;
using Bridge.Outcomes;
using Bridge.Telemetry;
using Bridge.Tools;

namespace Bridge.Execution;

/// <summary>Turns calls into audit records.</summary>
/// <param name="log">Where they go.</param>
/// <param name="clock">Tells the time.</param>
internal sealed class CallRecorder(IAuditLog log, TimeProvider clock)
{
    /// <summary>Records that a call starts.</summary>
    /// <param name="call">The call.</param>
    /// <param name="cancellationToken">Gives up before anything is written.</param>
    /// <returns>When it is recorded.</returns>
    public ValueTask StartedAsync(CallState call, CancellationToken cancellationToken) =>
        log.WriteAsync(call.Started = Describe(call, AuditEvents.Started), cancellationToken);

    /// <summary>Records what became of a call: it ended, or it was refused before it started.</summary>
    /// <param name="call">The call.</param>
    /// <param name="outcome">What became of it.</param>
    /// <returns>When it is recorded. It is not cancelled: what happened is recorded.</returns>
    public ValueTask EndedAsync(CallState call, CallOutcome outcome)
    {
        AuditRecord entry = (call.Recorded ? call.Started! : Describe(call, AuditEvents.Refused)) with
        {
            Time = clock.GetUtcNow(),
            Event = call.Recorded ? AuditEvents.Ended : AuditEvents.Refused,
            Status = OutcomeNames.Of(outcome.Status),
            Reason = outcome.Reason.Kind == ReasonKind.None ? null : OutcomeNames.Of(outcome.Reason.Kind),
            Flaw = outcome.Result?.Flaw is { } flaw ? OutcomeNames.Of(flaw) : null,
            DurationMs = Math.Round(outcome.Duration.TotalMilliseconds, 3),
        };
        return log.WriteAsync(entry, CancellationToken.None);
    }

    private static string Name(CallOrigin origin) => origin switch
    {
        CallOrigin.Prompt => "prompt",
        CallOrigin.Direct => "direct",
        CallOrigin.Gateway => "gateway",
        CallOrigin.Nested => "nested",
        _ => throw new UnreachableException($"The origin '{origin}' has no name."),
    };

    private AuditRecord Describe(CallState call, string happened) => new()
    {
        Time = clock.GetUtcNow(),
        Event = happened,
        ExecutionId = call.ExecutionId,
        CallId = call.Rules.Results.Redactor.Redact(call.Call.Id), // clients choose it
        TraceId = TraceContext.TraceIdOf(call.Context.Meta),
        Identity = call.Context.Identity?.Id ?? "",
        Origin = Name(call.Request.Origin),
        Tool = call.Tool.Id.ToString(),
        ArgumentsSha256 = call.ArgumentsHash,
        Caller = call.Request.Caller,
    };
}
