using Bridge.Approval;
using Bridge.Audit;
using Bridge.Outcomes;
using Bridge.Policy;
using Bridge.Tools;
using Microsoft.Extensions.Logging;

namespace Bridge.Execution;

/// <summary>The one door. The stages are put together here and nowhere else, so that no registration can leave one out.</summary>
internal sealed class ToolExecutor : IToolExecutor
{
    private readonly RulesMonitor _rules;
    private readonly TimeProvider _clock;
    private readonly TelemetryStage _first;

    /// <summary>Puts the stages together.</summary>
    /// <param name="rules">The rules, as configured at each moment.</param>
    /// <param name="policies">Who may forbid calls.</param>
    /// <param name="approval">Who asks people.</param>
    /// <param name="audit">Where calls are recorded.</param>
    /// <param name="clock">Measures time.</param>
    /// <param name="logger">Where faults are told.</param>
    public ToolExecutor(
        RulesMonitor rules,
        PolicySet policies,
        ApprovalGate approval,
        IAuditLog audit,
        TimeProvider clock,
        ILogger<ToolExecutor> logger)
    {
        _rules = rules;
        _clock = clock;
        var recorder = new CallRecorder(audit, clock);

        // From the last stage to the first: each is given the one behind it.
        ICallStage stage = new SourceStage(logger);
        stage = new ResultStage(stage);
        stage = new AuditStage(stage, recorder, logger);
        stage = new LimitStage(stage, clock);
        stage = new ApprovalStage(stage, approval);
        stage = new ArgumentPolicyStage(stage, policies);
        stage = new ValidationStage(stage);
        stage = new SizeStage(stage);
        stage = new RateStage(stage, clock);
        stage = new PolicyStage(stage, policies);
        stage = new IdentityStage(stage);
        stage = new FaultStage(stage, logger);
        stage = new RecordStage(stage, recorder, logger);
        _first = new TelemetryStage(stage);
    }

    /// <inheritdoc/>
    public Task<CallOutcome> ExecuteAsync(CallRequest request, CallContext context, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(request);
        ArgumentNullException.ThrowIfNull(context);
        return _first.RunAsync(new CallState(request, context, _rules.Current, _clock), cancellationToken).AsTask();
    }
}
