using System.Text.Json.Nodes;

namespace Bridge.Evaluation.Originals;

/// <summary>Records whose answers name tools and no arguments.</summary>
internal static class ToolChoice
{
    /// <summary>A record in the uniform form, whose tools are those that the whole file shares.</summary>
    /// <param name="id">Its id.</param>
    /// <param name="category">What its score counts for.</param>
    /// <param name="text">What the user says.</param>
    /// <param name="check"><c>tools</c> or <c>some_tools</c>.</param>
    /// <param name="tools">The tools that are right.</param>
    public static string Json(string id, string category, string text, string check, IEnumerable<string> tools) => new JsonObject
    {
        ["id"] = id,
        ["category"] = category,
        ["messages"] = new JsonArray(new JsonObject { ["role"] = "user", ["content"] = text }),
        ["services"] = new JsonArray(OriginalSet.SharedService),
        ["check"] = check,
        ["expected"] = new JsonArray([.. tools.Select(tool => new JsonObject { ["name"] = tool })]),
    }.ToJsonString();
}
