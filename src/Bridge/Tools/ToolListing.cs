using System.Collections.Immutable;

namespace Bridge.Tools;

/// <summary>What one source offers at one moment.</summary>
/// <param name="Tools">The tools that can be called, in the source's order.</param>
/// <param name="Quarantined">The tools that cannot be offered, and why.</param>
public sealed record ToolListing(ImmutableArray<Tool> Tools, ImmutableArray<QuarantinedTool> Quarantined)
{
    /// <summary>A source that offers nothing.</summary>
    public static ToolListing Empty { get; } = new([], []);

    /// <summary>How long it holds; <see langword="null"/> until the source tells of a change.</summary>
    public Freshness? Freshness { get; init; }
}

/// <summary>A tool that is kept away from models because its definition is unusable; its neighbours live.</summary>
/// <param name="Id">The tool's id.</param>
/// <param name="Reason">Why, in a sentence.</param>
public sealed record QuarantinedTool(ToolId Id, string Reason);
