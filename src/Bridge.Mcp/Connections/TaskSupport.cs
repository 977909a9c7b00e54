using System.Text.Json;
using Bridge.Mcp.Messages;
using Tool = Bridge.Tools.Tool;

namespace Bridge.Mcp.Connections;

/// <summary>What a tool's definition says of tasks.</summary>
internal static class TaskSupport
{
    /// <summary>What it says: <c>required</c>, <c>optional</c>, or something that means no.</summary>
    /// <param name="tool">The tool.</param>
    /// <returns><see langword="null"/> when it says nothing.</returns>
    public static string? Of(Tool tool) =>
        tool.Definition is { ValueKind: JsonValueKind.Object } definition
        && definition.TryGetProperty(TaskWords.Execution, out JsonElement execution) && execution.ValueKind == JsonValueKind.Object
        && execution.TryGetProperty(TaskWords.Support, out JsonElement support) && support.ValueKind == JsonValueKind.String
            ? support.GetString()
            : null;

    /// <summary>Whether the tool may be called as a task.</summary>
    /// <param name="tool">The tool.</param>
    /// <returns>Whether it may.</returns>
    public static bool IsOf(Tool tool) => Of(tool) is TaskWords.Required or TaskWords.Optional;
}
