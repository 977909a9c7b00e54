using Bridge.Outcomes;
using Bridge.Tools;

namespace Bridge.Execution;

/// <summary>The one door: every execution passes it, from wherever it comes.</summary>
public interface IToolExecutor
{
    /// <summary>Takes a call through identity, policy, strict parse, validation, approval, limits, audit, source and result policy.</summary>
    /// <param name="request">The call.</param>
    /// <param name="context">On whose behalf.</param>
    /// <param name="cancellationToken">Cancels the tool on its server as well; the outcome is then <see cref="CallStatus.Cancelled"/>.</param>
    /// <returns>What became of it; refusals, faults and cancellation included: this method does not throw for them.</returns>
    Task<CallOutcome> ExecuteAsync(CallRequest request, CallContext context, CancellationToken cancellationToken);
}
