using System.Diagnostics;
using Bridge.Outcomes;
using Bridge.Telemetry;

namespace Bridge.Execution;

/// <summary>Measures and traces every call, refused ones too.</summary>
/// <param name="next">The next stage.</param>
internal sealed class TelemetryStage(ICallStage next) : ICallStage
{
    /// <inheritdoc/>
    public async ValueTask<CallOutcome> RunAsync(CallState call, CancellationToken cancellationToken)
    {
        using Activity? activity = TraceContext.Start("bridge.call", call.Context.Meta);
        if (activity is not null)
        {
            activity.SetTag("bridge.tool", call.Tool.Id.ToString());
            activity.SetTag("bridge.call_id", call.Call.Id);
        }

        CallOutcome outcome = await next.RunAsync(call, cancellationToken).ConfigureAwait(false);
        CallMetrics.Record(outcome);
        if (activity is not null)
        {
            CallMetrics.Describe(activity, outcome);
        }

        return outcome;
    }
}
