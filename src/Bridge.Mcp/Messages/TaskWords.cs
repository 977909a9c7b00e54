using System.Text.Json.Nodes;

namespace Bridge.Mcp.Messages;

/// <summary>The words of tasks: the experimental ones of 2025-11-25, and those of the extension of 2026-07-28.</summary>
internal static class TaskWords
{
    public const string Extension = "io.modelcontextprotocol/tasks";
    public const string RelatedTask = "io.modelcontextprotocol/related-task";
    public const string ResultType = "task";

    public const string Working = "working";
    public const string InputRequired = "input_required";
    public const string Completed = "completed";
    public const string Failed = "failed";
    public const string Cancelled = "cancelled";

    public const string Execution = "execution";
    public const string Support = "taskSupport";
    public const string Required = "required";
    public const string Optional = "optional";

    /// <summary>The capability of the extension, as a tree of the caller's own.</summary>
    public static JsonObject Extensions => new() { [Extension] = new JsonObject() };

    /// <summary>What a message says beside that it belongs to a task, as a tree of the caller's own.</summary>
    public static JsonObject Relate(string taskId) => new() { ["taskId"] = taskId };

    /// <summary>Takes away that a message belongs to a task: its id says nothing to whoever is behind.</summary>
    /// <param name="message">Its parameters, or its result.</param>
    /// <returns>The id of the task; <see langword="null"/> when it belongs to none.</returns>
    public static string? Unrelate(JsonNode? message)
    {
        if (message is not JsonObject outer || outer["_meta"] is not JsonObject meta || meta[RelatedTask] is not { } related)
        {
            return null;
        }

        meta.Remove(RelatedTask);
        if (meta.Count == 0)
        {
            outer.Remove("_meta");
        }

        return Text(related, "taskId") ?? "";
    }

    /// <summary>Whether there is something at the end of a path of members.</summary>
    public static bool Has(JsonNode? node, params ReadOnlySpan<string> path)
    {
        foreach (string member in path)
        {
            node = (node as JsonObject)?[member];
        }

        return node is not null;
    }

    /// <summary>A text of an object.</summary>
    /// <returns><see langword="null"/> when there is none.</returns>
    public static string? Text(JsonNode? node, string member) =>
        node is JsonObject known && known[member] is JsonValue value && value.TryGetValue(out string? text) ? text : null;
}
