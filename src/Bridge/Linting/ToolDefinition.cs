using System.Text.Json;

namespace Bridge.Linting;

/// <summary>A tool as somebody defined it, not yet trusted to be one.</summary>
/// <param name="Name">Its name; <see langword="null"/> when it has none.</param>
/// <param name="Description">What it does; <see langword="null"/> when nothing is said.</param>
/// <param name="InputSchema">The schema of its arguments; <see langword="null"/> when there is none.</param>
public sealed record ToolDefinition(string? Name, string? Description, JsonElement? InputSchema)
{
    /// <summary>Whose tool it is: names need only differ within one. The default is the empty string.</summary>
    public string Source { get; init; } = "";

    /// <summary>Where it was read, such as <c>line 12</c>; <see langword="null"/> when it was not read from a file.</summary>
    public string? Place { get; init; }

    /// <summary>Why its source keeps it away from models; <see langword="null"/> when it does not.</summary>
    public string? Quarantine { get; init; }

    /// <summary>What to call it in messages.</summary>
    public string Title => Name ?? Place ?? "a tool without a name";
}
