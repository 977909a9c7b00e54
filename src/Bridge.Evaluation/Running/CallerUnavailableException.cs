namespace Bridge.Evaluation.Running;

/// <summary>The tool caller cannot be reached, or refuses.</summary>
/// <param name="message">What happened, and what to do.</param>
public sealed class CallerUnavailableException(string message) : Exception(message);
