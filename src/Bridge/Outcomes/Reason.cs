namespace Bridge.Outcomes;

/// <summary>Why something ended as it did.</summary>
/// <param name="Kind">The kind, stable and machine-readable.</param>
/// <param name="Message">A full sentence: what happened, with names in 'single quotes', what is allowed, what to do.</param>
public sealed record Reason(ReasonKind Kind, string Message)
{
    /// <summary>When to try again; <see langword="null"/> when time alone changes nothing.</summary>
    public TimeSpan? RetryAfter { get; init; }

    /// <inheritdoc/>
    public override string ToString() => Message;
}
