namespace Bridge.Linting;

/// <summary>A text holds no tool definitions.</summary>
/// <param name="message">What is wrong with it and what is allowed.</param>
/// <param name="inner">The cause.</param>
public sealed class ToolDefinitionException(string message, Exception? inner = null) : Exception(message, inner);
