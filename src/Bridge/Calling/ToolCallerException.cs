using Bridge.Outcomes;

namespace Bridge.Calling;

/// <summary>A tool caller could not be asked, or its endpoint failed.</summary>
/// <param name="kind">The kind, such as <see cref="ReasonKind.CallerUnavailable"/>.</param>
/// <param name="message">What happened, naming the model and the endpoint, and what to do.</param>
/// <param name="inner">The cause.</param>
public sealed class ToolCallerException(ReasonKind kind, string message, Exception? inner = null) : Exception(message, inner)
{
    /// <summary>The kind.</summary>
    public ReasonKind Kind { get; } = kind;

    /// <summary>Whether asking again may help.</summary>
    public bool IsTransient { get; init; }

    /// <summary>How long the endpoint asks to wait; <see langword="null"/> when it does not say.</summary>
    public TimeSpan? RetryAfter { get; init; }
}
