using Bridge.Outcomes;
using Bridge.Tools;

namespace Bridge.Execution;

/// <summary>Makes what a tool answered fit to be shown to a model: clean text, a bounded size, a word where it breaks its own schema.</summary>
/// <param name="next">The next stage.</param>
internal sealed class ResultStage(ICallStage next) : ICallStage
{
    /// <inheritdoc/>
    public async ValueTask<CallOutcome> RunAsync(CallState call, CancellationToken cancellationToken)
    {
        CallOutcome outcome = await next.RunAsync(call, cancellationToken).ConfigureAwait(false);
        if (outcome.Result is not { } result)
        {
            return outcome;
        }

        ToolResult shaped = ResultCleaner.Clean(result);
        shaped = OutputCheck.Flag(call.Tool, shaped);
        shaped = ResultCap.Cut(shaped, call.Rule.MaxResultBytes ?? MostOf(call));
        return ReferenceEquals(shaped, result) ? outcome : outcome with { Result = shaped with { RawRepresentation = null } };
    }

    /// <summary>What goes to a client of the gateway is not for a prompt of ours: screenshots pass whole.</summary>
    private static int MostOf(CallState call) =>
        call.Request.Origin == CallOrigin.Gateway ? call.Rules.Limits.MaxGatewayResultBytes : call.Rules.Limits.MaxResultBytes;
}
