using System.Collections.Immutable;

namespace Bridge.Mcp.Processes;

/// <summary>What to start. No shell reads any of it.</summary>
/// <param name="Name">The server's id, for messages.</param>
/// <param name="Command">A path, or a name looked up in PATH.</param>
/// <param name="Arguments">The arguments, passed on as they are.</param>
internal sealed record ProcessSpec(string Name, string Command, ImmutableArray<string> Arguments)
{
    public ImmutableSortedDictionary<string, string> Environment { get; init; } = ImmutableSortedDictionary<string, string>.Empty;

    public string? WorkingDirectory { get; init; }

    /// <summary>The longest line the process may write to its output, in bytes.</summary>
    public long MaxLineBytes { get; init; } = 64L * 1024 * 1024;

    /// <summary>How long the process may take to end by itself, and again after it was told to.</summary>
    public TimeSpan Grace { get; init; } = TimeSpan.FromSeconds(2);
}
