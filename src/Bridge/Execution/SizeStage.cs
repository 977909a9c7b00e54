using Bridge.Outcomes;

namespace Bridge.Execution;

/// <summary>Refuses arguments that are too long before anyone reads them, because reading is what costs.</summary>
/// <param name="next">The next stage.</param>
internal sealed class SizeStage(ICallStage next) : ICallStage
{
    /// <inheritdoc/>
    public ValueTask<CallOutcome> RunAsync(CallState call, CancellationToken cancellationToken)
    {
        int size = call.Call.Arguments.Length, most = call.Rules.Limits.MaxArgumentBytes;
        return size <= most ? next.RunAsync(call, cancellationToken) : new(call.End(
            CallStatus.Failed,
            ReasonKind.LimitReached,
            $"The arguments of '{call.Tool.Id}' are {size} bytes long, and at most {most} are allowed: send less, or raise Bridge:Limits:MaxArgumentBytes."));
    }
}
