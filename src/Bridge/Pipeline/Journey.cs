using System.Collections.Immutable;
using Bridge.Outcomes;
using Bridge.Prompts;
using Bridge.Proposing;
using Bridge.Shortlisting;
using Bridge.Tools;

namespace Bridge.Pipeline;

/// <summary>One prompt on its way: what is known of it so far, so that an end at any stage tells all of it.</summary>
internal sealed class Journey(
    Prompt prompt, ToolCallOptions options, CallContext context, AttemptLog attempts, Action<BridgeEvent> listener)
{
    private Prompt? _augmented;

    public Prompt Prompt => prompt;

    public ToolCallOptions Options => options;

    public CallContext Context => context;

    public AttemptLog Attempts => attempts;

    public Action<BridgeEvent> Listener => listener;

    public string CatalogVersion { get; set; } = "";

    public double? Confidence { get; set; }

    /// <summary>The caller that decided, and the tools it was shown.</summary>
    public string? Caller { get; set; }

    public Shortlist? Shown { get; set; }

    public void Augment(ImmutableArray<(string WireName, CallOutcome Outcome)> calls) => _augmented = Augmentation.Apply(prompt, calls);

    public Prompt End(PromptOutcome outcome, ReasonKind kind, string message) => End(outcome, new Reason(kind, message));

    public Prompt End(PromptOutcome outcome, Reason reason, ImmutableArray<CallOutcome> calls = default) =>
        (_augmented ?? prompt).With(new ToolCalling(outcome, reason)
        {
            Calls = calls.IsDefault ? [] : calls,
            Attempts = attempts.Records,
            Confidence = Confidence,
            CatalogVersion = CatalogVersion,
        });
}
