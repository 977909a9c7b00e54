using Bridge.Outcomes;
using Bridge.Pipeline;
using Bridge.Prompts;

namespace Bridge.Host.Sessions;

/// <summary>What a person asks.</summary>
/// <param name="Prompt">The prompt.</param>
/// <param name="Options">How to treat it.</param>
internal sealed record Question(Prompt Prompt, ToolCallOptions Options)
{
    /// <summary>The responder; <see langword="null"/> for the configured one.</summary>
    public string? Responder { get; init; }

    /// <summary>Whether the person consents to every call of this prompt beforehand.</summary>
    public bool Approved { get; init; }

    /// <summary>Hears what happens on the way.</summary>
    public Action<BridgeEvent> Listener { get; init; } = static _ => { };

    /// <summary>Whether an outcome is answered: only where tools were called, or none was needed.</summary>
    /// <param name="outcome">The outcome.</param>
    /// <returns>Whether a responder is asked.</returns>
    public static bool IsAnswered(PromptOutcome outcome) => outcome is PromptOutcome.Called or PromptOutcome.NoCall;
}
