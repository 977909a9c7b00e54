namespace Bridge.Llama.Downloads;

/// <summary>A transfer broke off and may be tried again.</summary>
/// <param name="message">What happened.</param>
/// <param name="inner">The cause.</param>
internal sealed class InterruptedException(string message, Exception? inner = null) : Exception(message, inner)
{
    /// <summary>Whether nobody was reached: a wrong name or a server that is off, unless the same address answered before.</summary>
    public bool IsUnreachable { get; init; }

    /// <summary>How long the server asks to wait.</summary>
    public TimeSpan? RetryAfter { get; init; }
}
