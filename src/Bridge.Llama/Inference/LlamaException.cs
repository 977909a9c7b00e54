namespace Bridge.Llama.Inference;

/// <summary>A model could not be loaded or asked.</summary>
/// <param name="fault">What went wrong.</param>
/// <param name="message">What happened, and what to do.</param>
/// <param name="inner">The cause.</param>
public sealed class LlamaException(LlamaFault fault, string message, Exception? inner = null) : Exception(message, inner)
{
    /// <summary>What went wrong.</summary>
    public LlamaFault Fault { get; } = fault;
}

/// <summary>What can go wrong with a model in process.</summary>
public enum LlamaFault
{
    /// <summary>The file is no model that can be used.</summary>
    BadModel,

    /// <summary>There is not enough memory.</summary>
    OutOfMemory,

    /// <summary>The prompt and its tools do not fit the context.</summary>
    ContextOverflow,

    /// <summary>The queue is full.</summary>
    Busy,

    /// <summary>The library or its device failed.</summary>
    Failed,

    /// <summary>The engine was stopped.</summary>
    Stopped,
}
