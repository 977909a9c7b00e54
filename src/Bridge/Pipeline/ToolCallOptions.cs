using System.Collections.Immutable;
using Bridge.Calling;

namespace Bridge.Pipeline;

/// <summary>How one prompt is treated; what is not set is as configured.</summary>
public sealed record ToolCallOptions
{
    /// <summary>The tool caller, such as <c>ollama/qwen3:0.6b</c>; <see langword="null"/> for the configured cascade.</summary>
    public string? Caller { get; init; }

    /// <summary>How often each caller of the cascade proposes at the most, 1 to 1000; <see langword="null"/> for its profile's number.</summary>
    public int? Attempts { get; init; }

    /// <summary>Whether a tool may, must or must not be called.</summary>
    public ToolChoice Choice { get; init; } = ToolChoice.Auto;

    /// <summary>The only tools that may be called, ids, unambiguous names or globs over ids; empty for all.</summary>
    public ImmutableArray<string> AllowedTools { get; init; } = [];

    /// <summary>Whether valid calls are executed.</summary>
    /// <value>The default is <see langword="true"/>.</value>
    public bool Execute { get; init; } = true;

    /// <summary>The most calls; <see langword="null"/> for the configured number.</summary>
    public int? MaxCalls { get; init; }

    /// <summary>How long everything may take; <see langword="null"/> for the configured time.</summary>
    public TimeSpan? Timeout { get; init; }
}
