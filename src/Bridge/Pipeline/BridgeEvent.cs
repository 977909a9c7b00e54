using Bridge.Outcomes;
using Bridge.Prompts;
using Bridge.Tools;

namespace Bridge.Pipeline;

/// <summary>Something that happened on the way of a prompt; the last is always <see cref="PromptDone"/>.</summary>
public abstract record BridgeEvent;

/// <summary>A tool caller proposed, or failed to.</summary>
/// <param name="Attempt">The attempt.</param>
public sealed record AttemptMade(AttemptRecord Attempt) : BridgeEvent;

/// <summary>A call goes to its tool.</summary>
/// <param name="Call">The validated call.</param>
public sealed record CallStarted(ToolCall Call) : BridgeEvent;

/// <summary>A tool reported progress.</summary>
/// <param name="Progress">How far it is.</param>
public sealed record CallProgressed(ToolProgress Progress) : BridgeEvent;

/// <summary>A call ended.</summary>
/// <param name="Outcome">What became of it.</param>
public sealed record CallEnded(CallOutcome Outcome) : BridgeEvent;

/// <summary>The prompt is done.</summary>
/// <param name="Prompt">The augmented prompt, its <see cref="Prompt.ToolCalling"/> set.</param>
public sealed record PromptDone(Prompt Prompt) : BridgeEvent;
