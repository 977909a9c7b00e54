namespace Bridge.Tools;

/// <summary>How a source is.</summary>
/// <param name="State">The state.</param>
/// <param name="Detail">Why, and the cure, when the state is not <see cref="SourceState.Ready"/>.</param>
public sealed record SourceStatus(SourceState State, string? Detail = null)
{
    /// <summary>A source that can be called.</summary>
    public static SourceStatus Ready { get; } = new(SourceState.Ready);
}

/// <summary>The states of a source.</summary>
public enum SourceState
{
    /// <summary>Not asked yet, or on its way.</summary>
    Connecting,

    /// <summary>Its tools can be called.</summary>
    Ready,

    /// <summary>It failed and is tried again.</summary>
    Failed,

    /// <summary>Its configuration keeps it from being started.</summary>
    Disabled,
}
