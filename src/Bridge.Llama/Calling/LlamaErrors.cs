using Bridge.Calling;
using Bridge.Llama.Inference;
using Bridge.Outcomes;

namespace Bridge.Llama.Calling;

/// <summary>Says the engine's errors in the words of tool callers.</summary>
internal static class LlamaErrors
{
    /// <summary>The same error, of the kind that retries and cascades go by.</summary>
    public static ToolCallerException ToCallerException(LlamaException error) => error.Fault switch
    {
        LlamaFault.ContextOverflow => new ToolCallerException(ReasonKind.ContextOverflow, error.Message, error),
        LlamaFault.Busy => new ToolCallerException(ReasonKind.CallerUnavailable, error.Message, error) { IsTransient = true, RetryAfter = TimeSpan.FromSeconds(1) },
        _ => new ToolCallerException(ReasonKind.CallerUnavailable, error.Message, error),
    };
}
