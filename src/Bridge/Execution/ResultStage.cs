using Bridge.Outcomes;
using Bridge.Redaction;
using Bridge.Tools;
using Microsoft.Extensions.AI;

namespace Bridge.Execution;

/// <summary>Makes what a tool answered fit to be shown to a model: clean text, a bounded size, a word where it breaks its own.</summary>
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
        shaped = call.Rules.Results.RedactsResults ? call.Rules.Results.Redactor.Redact(shaped) : shaped;
        shaped = OutputCheck.Flag(call.Tool, shaped, forPrompt: call.Request.Origin is CallOrigin.Prompt or CallOrigin.Nested);
        ToolResult cut = ResultCap.Cut(shaped, call.Rule.MaxResultBytes ?? MostOf(call));
        if (!ReferenceEquals(cut, shaped))
        {
            shaped = Keep(call, shaped) is { } kept ? cut with { Content = cut.Content.AddRange(Handle(kept)) } : cut;
        }

        return ReferenceEquals(shaped, result) ? outcome : outcome with { Result = shaped with { RawRepresentation = null } };
    }

    private static KeptResult? Keep(CallState call, ToolResult whole) => call.Context.Results?.Keep(call.Context.Identity, whole);

    private static AIContent[] Handle(KeptResult kept) =>
    [
        new TextContent(FormattableString.Invariant($"[Kept by Bridge: the whole result can be read for {kept.For.TotalMinutes:0.#} min as the resource {kept.Uri}]")),
        new UriContent(kept.Uri, "text/plain") { AdditionalProperties = new() { ["name"] = "the whole result" } },
    ];

    /// <summary>What goes to a client of the gateway is not for a prompt of ours: screenshots pass whole.</summary>
    private static int MostOf(CallState call) =>
        call.Request.Origin == CallOrigin.Gateway ? call.Rules.Limits.MaxGatewayResultBytes : call.Rules.Limits.MaxResultBytes;
}
