namespace Bridge.ChatCalling;

/// <summary>An answer was meant to be a call and cannot be read as one.</summary>
/// <param name="message">What is wrong with it, continuing "The answer …".</param>
internal sealed class UnreadableAnswerException(string message) : FormatException(message);
