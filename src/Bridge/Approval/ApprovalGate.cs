using Bridge.Configuration;
using Bridge.Outcomes;
using Bridge.Policy;
using Bridge.Tools;
using Microsoft.Extensions.Logging;

namespace Bridge.Approval;

/// <summary>Decides whether a person must consent to a call, and asks.</summary>
/// <param name="pins">The trusted definitions.</param>
/// <param name="clock">Measures how long a person takes.</param>
/// <param name="logger">Where failing questions are named.</param>
internal sealed class ApprovalGate(IDefinitionPins pins, TimeProvider clock, ILogger<ApprovalGate> logger)
{
    /// <summary>Lets a call pass, or says why it does not.</summary>
    /// <param name="call">The exact call: its bytes are the ones that will be sent.</param>
    /// <param name="source">The source that would run it.</param>
    /// <param name="rule">What configuration says of the tool.</param>
    /// <param name="options">What configuration says of approval.</param>
    /// <param name="context">On whose behalf, and whom to ask.</param>
    /// <param name="cancellationToken">The caller cancelled.</param>
    /// <returns><see langword="null"/> when the call may go on.</returns>
    public ValueTask<ApprovalRefusal?> PassAsync(
        ToolCall call, IToolSource source, ToolRule rule, ApprovalOptions options, CallContext context, CancellationToken cancellationToken)
    {
        string? why = Why(call.Tool, rule, options);
        if (source is FunctionToolSource)
        {
            return why is null ? default : AskAsync(call, why, options, context, cancellationToken);
        }

        ValueTask<PinState> check = pins.CheckAsync(source, call.Tool, context, cancellationToken);
        return check.IsCompletedSuccessfully
            ? PassPinAsync(check.Result, call, why, options, context, cancellationToken)
            : WaitForPinAsync(check, call, why, options, context, cancellationToken);
    }

    /// <summary>Why a person must be asked: configuration first, then hints, which can only add a question.</summary>
    private static string? Why(Tool tool, ToolRule rule, ApprovalOptions options)
    {
        if (rule.Approval == ApprovalRule.Ask)
        {
            return $"Configuration asks a person before the tool '{tool.Id}' runs.";
        }

        if (tool.Annotations.Destructive == true && options.Destructive == ApprovalRule.Ask)
        {
            return $"The tool '{tool.Id}' says that it may destroy what is there.";
        }

        bool unannotated = options.Unannotated == ApprovalRule.Ask && rule.Approval is null && tool.Annotations == ToolAnnotations.None;
        return unannotated ? $"The tool '{tool.Id}' does not say what it may change, and configuration asks about such tools." : null;
    }

    private static ApprovalRefusal Unasked(string why) => new(CallStatus.NeedsApproval, new Reason(
        ReasonKind.ApprovalNeeded,
        $"{why} Nobody could be asked, so it did not run: approve this call with '--yes' on the command line, or call from where a person can answer."));

    private async ValueTask<ApprovalRefusal?> WaitForPinAsync(
        ValueTask<PinState> check, ToolCall call, string? why, ApprovalOptions options, CallContext context, CancellationToken cancellationToken)
    {
        PinState state = await check.ConfigureAwait(false);
        return await PassPinAsync(state, call, why, options, context, cancellationToken).ConfigureAwait(false);
    }

    private ValueTask<ApprovalRefusal?> PassPinAsync(
        PinState state, ToolCall call, string? why, ApprovalOptions options, CallContext context, CancellationToken cancellationToken)
    {
        if (state != PinState.Trusted)
        {
            why = why is null ? PinText.Of(state, call.Tool) : $"{PinText.Of(state, call.Tool)} {why}";
        }

        return why is null ? default : AskAsync(call, why, options, context, cancellationToken);
    }

    private async ValueTask<ApprovalRefusal?> AskAsync(
        ToolCall call, string why, ApprovalOptions options, CallContext context, CancellationToken cancellationToken)
    {
        if (context.Interaction is not { } interaction)
        {
            return Unasked(why);
        }

        TimeSpan patience = Patience(options, context);
        if (patience <= TimeSpan.Zero)
        {
            return TooLate(call, patience);
        }

        using var limit = new CancellationTokenSource(patience, clock);
        using CancellationTokenRegistration link = cancellationToken.UnsafeRegister(
            static source => ((CancellationTokenSource)source!).Cancel(), limit);
        try
        {
            bool? answer = await interaction.ApproveAsync(call, why, limit.Token).AsTask().WaitAsync(limit.Token).ConfigureAwait(false);
            return answer switch
            {
                true => null,
                false => new(CallStatus.Failed, new Reason(
                    ReasonKind.ApprovalDenied, $"A person was asked and refused the call of '{call.Tool.Id}': do not try it again unasked.")),
                null => Unasked(why),
            };
        }
        catch (OperationCanceledException) when (limit.IsCancellationRequested)
        {
            cancellationToken.ThrowIfCancellationRequested();
            return TooLate(call, patience);
        }
#pragma warning disable CA1031 // Whatever keeps a person from answering, the call must not run for it.
        catch (Exception error)
#pragma warning restore CA1031
        {
            logger.AskingFailed(error, call.Id, call.Tool.Id);
            return Unasked(why);
        }
    }

    private static ApprovalRefusal TooLate(ToolCall call, TimeSpan patience) => new(CallStatus.Failed, new Reason(
        ReasonKind.ApprovalDenied,
        $"A person was asked about the call of '{call.Tool.Id}' and did not answer within {Math.Max(0, patience.TotalSeconds):0.###} s, which counts as a refusal: ask again when somebody is there, or raise Bridge:Approval:Timeout."));

    private TimeSpan Patience(ApprovalOptions options, CallContext context)
    {
        TimeSpan left = context.Deadline is { } deadline ? deadline - clock.GetUtcNow() : TimeSpan.MaxValue;
        return left < options.Timeout ? left : options.Timeout;
    }
}
