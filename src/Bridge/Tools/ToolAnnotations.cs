namespace Bridge.Tools;

/// <summary>What a server says about its tool's behaviour (MCP, ToolAnnotations). Hints: they may raise, never lower, what configuration says.</summary>
public sealed record ToolAnnotations
{
    /// <summary>A tool about which nothing was said.</summary>
    public static ToolAnnotations None { get; } = new();

    /// <summary>The tool changes nothing.</summary>
    public bool? ReadOnly { get; init; }

    /// <summary>The tool may destroy what is there.</summary>
    public bool? Destructive { get; init; }

    /// <summary>Calling again with the same arguments changes nothing more.</summary>
    public bool? Idempotent { get; init; }

    /// <summary>The tool reaches an open world, such as the web.</summary>
    public bool? OpenWorld { get; init; }
}
