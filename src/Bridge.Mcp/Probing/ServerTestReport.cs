using System.Collections.Immutable;
using Bridge.Tools;

namespace Bridge.Mcp.Probing;

/// <summary>What came of testing one server.</summary>
/// <param name="Server">The server's id.</param>
/// <param name="Steps">What was done, in order; the last one failed when <paramref name="Error"/> is set.</param>
/// <param name="Error">What went wrong, in a sentence; <see langword="null"/> when nothing did.</param>
/// <param name="Cure">What to do about it; <see langword="null"/> when nothing went wrong.</param>
public sealed record ServerTestReport(string Server, ImmutableArray<ServerTestStep> Steps, string? Error, string? Cure)
{
    /// <summary>Whether the server can be used.</summary>
    public bool Succeeded => Error is null;

    /// <summary>What the server calls itself, with its version; <see langword="null"/> when it did not come to that.</summary>
    public string? Implementation { get; init; }

    /// <summary>The version of the protocol that was agreed on.</summary>
    public string? ProtocolVersion { get; init; }

    /// <summary>The tools it lists.</summary>
    public ToolListing Tools { get; init; } = ToolListing.Empty;
}

/// <summary>One step of a test.</summary>
/// <param name="Name">The step: <c>configuration</c>, <c>initialize</c> or <c>tools/list</c>.</param>
/// <param name="Duration">How long it took.</param>
/// <param name="Succeeded">Whether it went well.</param>
public sealed record ServerTestStep(string Name, TimeSpan Duration, bool Succeeded);
