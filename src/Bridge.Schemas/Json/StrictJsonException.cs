namespace Bridge.Schemas.Json;

/// <summary>A text is not JSON, or is JSON that two readers could read differently.</summary>
/// <param name="message">What is wrong, and where.</param>
/// <param name="inner">The parser's own error.</param>
public sealed class StrictJsonException(string message, Exception? inner = null) : FormatException(message, inner);
