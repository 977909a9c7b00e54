using System.Text.Json;
using System.Text.Json.Nodes;
using Bridge.Tools;
using Microsoft.Extensions.AI;

namespace Bridge.ChatCalling;

/// <summary>What a tool answered, as the text and the images that a chat API takes.</summary>
public static class ResultText
{
    /// <summary>The text of a result; images and other data are named, not rendered.</summary>
    /// <param name="result">The result.</param>
    /// <returns>The text.</returns>
    public static string Of(FunctionResultContent result)
    {
        ArgumentNullException.ThrowIfNull(result);
        return result.Result switch
        {
            null => result.Exception is null ? "" : $"Error: {result.Exception.Message}",
            string text => text,
            JsonElement { ValueKind: JsonValueKind.String } json => json.GetString()!,
            JsonElement json => json.GetRawText(),
            JsonNode json => json.ToJsonString(),
            ToolResult tool => tool.ToText(),
            AIContent content => new ToolResult { Content = [content] }.ToText(),
            IEnumerable<AIContent> contents => new ToolResult { Content = [.. contents] }.ToText(),
            var other => $"{other}",
        };
    }

    /// <summary>The images of a result.</summary>
    /// <param name="result">The result.</param>
    /// <returns>The images in order.</returns>
    public static IEnumerable<DataContent> Images(FunctionResultContent result)
    {
        ArgumentNullException.ThrowIfNull(result);
        IEnumerable<AIContent> contents = result.Result switch
        {
            ToolResult tool => tool.Content,
            AIContent content => [content],
            IEnumerable<AIContent> many => many,
            _ => [],
        };
        return contents.OfType<DataContent>().Where(data => data.HasTopLevelMediaType("image"));
    }
}
