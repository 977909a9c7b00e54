namespace Bridge.Mcp.Connections;

/// <summary>A server cannot be connected, or does not behave.</summary>
/// <param name="message">What is wrong, in a sentence.</param>
/// <param name="cure">What to do.</param>
/// <param name="inner">The cause.</param>
internal sealed class UpstreamException(string message, string cure, Exception? inner = null) : Exception(message, inner)
{
    public string Cure { get; } = cure;
}
