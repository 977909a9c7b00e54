namespace Bridge.Prompts;

/// <summary>Messages read from a wire are malformed.</summary>
/// <param name="path">Where, such as <c>messages[3].content</c>.</param>
/// <param name="problem">What is wrong there and what is allowed: the rest of a sentence that begins with the path.</param>
/// <param name="inner">The cause.</param>
public sealed class PromptFormatException(string path, string problem, Exception? inner = null)
    : FormatException($"'{path}' {problem}", inner)
{
    /// <summary>Where, such as <c>messages[3].content</c>.</summary>
    public string Path { get; } = path;
}
