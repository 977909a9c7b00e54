namespace Bridge.Mcp.Processes;

/// <summary>A server's process could not be started.</summary>
/// <param name="message">What is wrong, in a sentence.</param>
/// <param name="cure">What to do.</param>
/// <param name="inner">The cause.</param>
internal sealed class ProcessStartException(string message, string cure, Exception? inner = null) : Exception(message, inner)
{
    public string Cure { get; } = cure;
}
