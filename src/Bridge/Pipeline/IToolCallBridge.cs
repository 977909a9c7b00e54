using Bridge.Prompts;
using Bridge.Tools;

namespace Bridge.Pipeline;

/// <summary>The bridge: a prompt goes in, the prompt with its tool calls and their results comes out. Thread-safe.</summary>
public interface IToolCallBridge
{
    /// <summary>Lets the tool caller propose calls for the prompt, validates and runs them, and returns the prompt with calls and results.</summary>
    /// <param name="prompt">The prompt; it is never changed and never lost.</param>
    /// <param name="options">How to treat this prompt; <see langword="null"/> for what is configured.</param>
    /// <param name="context">On whose behalf; <see langword="null"/> for the local user.</param>
    /// <param name="cancellationToken">Cancels proposing and running tools; the outcome is then <c>Cancelled</c>.</param>
    /// <returns>The prompt with <see cref="Prompt.ToolCalling"/> set. A model that misbehaves is an outcome, not an exception.</returns>
    Task<Prompt> UpdateWithToolCall(
        Prompt prompt, ToolCallOptions? options = null, CallContext? context = null, CancellationToken cancellationToken = default);

    /// <summary>The same, told as it happens.</summary>
    /// <param name="prompt">The prompt.</param>
    /// <param name="options">How to treat this prompt; <see langword="null"/> for what is configured.</param>
    /// <param name="context">On whose behalf; <see langword="null"/> for the local user.</param>
    /// <param name="cancellationToken">Cancels proposing and running tools.</param>
    /// <returns>The events; the last is always <see cref="PromptDone"/>.</returns>
    IAsyncEnumerable<BridgeEvent> StreamAsync(
        Prompt prompt, ToolCallOptions? options = null, CallContext? context = null, CancellationToken cancellationToken = default);
}
