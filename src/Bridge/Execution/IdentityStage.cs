using Bridge.Outcomes;

namespace Bridge.Execution;

/// <summary>Turns away calls that nobody stands behind: every later decision and record names the identity.</summary>
/// <param name="next">The next stage.</param>
internal sealed class IdentityStage(ICallStage next) : ICallStage
{
    /// <inheritdoc/>
    public ValueTask<CallOutcome> RunAsync(CallState call, CancellationToken cancellationToken) =>
        string.IsNullOrWhiteSpace(call.Context.Identity?.Id)
            ? new(call.End(
                CallStatus.Failed,
                ReasonKind.PolicyDenied,
                $"The call of '{call.Tool.Id}' has no identity, and nothing runs for nobody: give 'CallContext.Identity' an id."))
            : next.RunAsync(call, cancellationToken);
}
