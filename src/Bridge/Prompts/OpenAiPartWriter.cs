using System.Text.Json;
using Microsoft.Extensions.AI;

namespace Bridge.Prompts;

/// <summary>Writes one content part of a message of OpenAI's chat completions API.</summary>
internal static class OpenAiPartWriter
{
    /// <summary>Whether the content is a part; calls, results and refusals have places of their own, reasoning has none.</summary>
    public static bool IsPart(AIContent content) => content is TextContent or DataContent or UriContent or HostedFileContent;

    public static void Write(Utf8JsonWriter writer, AIContent part)
    {
        writer.WriteStartObject();
        switch (part)
        {
            case DataContent data when data.HasTopLevelMediaType("image"):
                WriteImage(writer, data.Uri, data);
                break;
            case DataContent { MediaType: "audio/wav" or "audio/mpeg" } audio:
                writer.WriteString("type", "input_audio");
                writer.WriteStartObject("input_audio");
                writer.WriteBase64String("data", audio.Data.Span);
                writer.WriteString("format", audio.MediaType == "audio/wav" ? "wav" : "mp3");
                writer.WriteEndObject();
                break;
            case DataContent data:
                WriteFile(writer, "file_data", data.Uri, data.Name);
                break;
            case HostedFileContent hosted:
                WriteFile(writer, "file_id", hosted.FileId, hosted.Name);
                break;
            case UriContent link when link.HasTopLevelMediaType("image"):
                WriteImage(writer, link.Uri.OriginalString, link);
                break;
            case UriContent link:
                WriteText(writer, $"[{link.MediaType}: {link.Uri.OriginalString}]"); // the API takes no links to other media
                break;
            default:
                WriteText(writer, ((TextContent)part).Text);
                break;
        }

        writer.WriteEndObject();
    }

    private static void WriteText(Utf8JsonWriter writer, string text)
    {
        writer.WriteString("type", "text");
        writer.WriteString("text", text);
    }

    private static void WriteImage(Utf8JsonWriter writer, string url, AIContent image)
    {
        writer.WriteString("type", "image_url");
        writer.WriteStartObject("image_url");
        writer.WriteString("url", url);
        if (image.AdditionalProperties?.TryGetValue("detail", out object? detail) == true && detail is string text)
        {
            writer.WriteString("detail", text);
        }

        writer.WriteEndObject();
    }

    private static void WriteFile(Utf8JsonWriter writer, string member, string value, string? name)
    {
        writer.WriteString("type", "file");
        writer.WriteStartObject("file");
        writer.WriteString(member, value);
        if (name is not null)
        {
            writer.WriteString("filename", name);
        }

        writer.WriteEndObject();
    }
}
