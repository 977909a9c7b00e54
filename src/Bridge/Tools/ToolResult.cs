using System.Collections.Immutable;
using System.Text.Json;
using Microsoft.Extensions.AI;

namespace Bridge.Tools;

/// <summary>What a tool answered.</summary>
public sealed record ToolResult
{
    /// <summary>The content blocks in order: text, image and audio (<see cref="DataContent"/>), resources and links.</summary>
    public ImmutableArray<AIContent> Content { get; init; } = [];

    /// <summary>The structured result, if the tool gives one.</summary>
    public JsonElement? Structured { get; init; }

    /// <summary>The tool itself reported an error: a result the responder can read, not a fault.</summary>
    public bool IsError { get; init; }

    /// <summary>How the result breaks the tool's own word; <see langword="null"/> when nobody looked, or it does not. Its text says so too.</summary>
    public ResultFlaw? Flaw { get; init; }

    /// <summary>The answer in its source's own words, for a face that speaks the same protocol; <see langword="null"/> when there is none, or when Bridge changed the answer.</summary>
    public object? RawRepresentation { get; init; }

    /// <summary>A result of one text.</summary>
    /// <param name="text">The text.</param>
    /// <param name="isError">Whether the tool reports an error.</param>
    /// <returns>The result.</returns>
    public static ToolResult FromText(string text, bool isError = false) =>
        new() { Content = [new TextContent(text)], IsError = isError };

    /// <summary>The text a language model reads: the structured result as JSON where there is one and no text, else the text blocks.</summary>
    /// <returns>The text; images and other data are named, not rendered.</returns>
    public string ToText()
    {
        if (Content is [TextContent only])
        {
            return only.Text;
        }

        string text = string.Join('\n', Content.Select(Render));
        return text.Length == 0 && Structured is { } structured ? structured.GetRawText() : text;
    }

    private static string Render(AIContent content) => content switch
    {
        TextContent text => text.Text,
        DataContent data => $"[{data.MediaType}, {data.Data.Length} bytes{(data.Name is { } name ? $", {name}" : "")}]",
        UriContent link => $"[{link.MediaType}: {link.Uri}]",
        ErrorContent error => error.Message,
        _ => $"[{content.GetType().Name}]",
    };
}
