namespace Bridge.Mcp.Sources;

/// <summary>A server did not give what it was asked for: a prompt, a resource.</summary>
/// <param name="message">What happened and what to do.</param>
/// <param name="inner">The cause.</param>
public sealed class McpRequestException(string message, Exception? inner = null) : Exception(message, inner);
