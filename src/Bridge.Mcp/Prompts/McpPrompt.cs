using System.Collections.Immutable;

namespace Bridge.Mcp.Prompts;

/// <summary>A prompt that a server offers.</summary>
/// <param name="Server">The server's id.</param>
/// <param name="Name">The prompt's name.</param>
public sealed record McpPrompt(string Server, string Name)
{
    /// <summary>A title for people; <see langword="null"/> when the server gave none.</summary>
    public string? Title { get; init; }

    /// <summary>What the prompt is for; <see langword="null"/> when the server gave none.</summary>
    public string? Description { get; init; }

    /// <summary>What can be filled in.</summary>
    public ImmutableArray<McpPromptArgument> Arguments { get; init; } = [];
}

/// <summary>A blank of a prompt.</summary>
/// <param name="Name">The argument's name.</param>
/// <param name="Description">What to fill in; <see langword="null"/> when the server does not say.</param>
/// <param name="Required">Whether it must be filled in.</param>
public sealed record McpPromptArgument(string Name, string? Description, bool Required);
