using Microsoft.Extensions.AI;

namespace Bridge.Prompts;

/// <summary>Reads the <c>content</c> of a message of OpenAI's chat completions API: a string, or parts.</summary>
internal static class OpenAiContentReader
{
    /// <summary>The parts of system, developer and tool messages.</summary>
    public static readonly string[] TextParts = ["text"];

    /// <summary>The parts of user messages.</summary>
    public static readonly string[] UserParts = ["text", "image_url", "input_audio", "file"];

    /// <summary>The parts of assistant messages.</summary>
    public static readonly string[] AssistantParts = ["text", "refusal"];

    public static List<AIContent> Read(WireValue content, string[] allowed)
    {
        if (content.IsString)
        {
            return [new TextContent(content.AsString())];
        }

        if (content.IsNothing)
        {
            throw content.Fault($"must be a string or an array of parts, and is {content.Kind}.");
        }

        return [.. content.Items("parts").Select(part => Part(part, allowed))];
    }

    /// <summary>What a model said instead of an answer.</summary>
    public static AIContent Refusal(WireValue refusal) => new ErrorContent(refusal.AsString()) { ErrorCode = "refusal" };

    private static AIContent Part(WireValue part, string[] allowed)
    {
        WireValue type = part.AsObject()["type"];
        string name = type.AsString();
        if (!allowed.Contains(name, StringComparer.Ordinal))
        {
            throw type.Fault($"is '{name}'; allowed for this role is {string.Join(", ", allowed.Select(word => $"'{word}'"))}.");
        }

        return name switch
        {
            "text" => new TextContent(part["text"].AsString()),
            "refusal" => Refusal(part["refusal"]),
            "image_url" => Image(part["image_url"].AsObject()),
            "input_audio" => Audio(part["input_audio"].AsObject()),
            _ => File(part["file"].AsObject()),
        };
    }

    private static AIContent Image(WireValue image)
    {
        WireValue url = image["url"];
        string text = url.AsString();
        AIContent content;
        if (text.StartsWith("data:", StringComparison.OrdinalIgnoreCase))
        {
            content = Data(url, text, mediaType: null);
        }
        else if (Uri.TryCreate(text, UriKind.Absolute, out Uri? uri) && (uri.Scheme == Uri.UriSchemeHttp || uri.Scheme == Uri.UriSchemeHttps))
        {
            content = new UriContent(uri, "image/*");
        }
        else
        {
            throw url.Fault("must be a 'data:', 'http:' or 'https:' URL.");
        }

        if (image["detail"].AsOptionalString() is { } detail)
        {
            (content.AdditionalProperties ??= [])["detail"] = detail;
        }

        return content;
    }

    private static DataContent Audio(WireValue audio)
    {
        WireValue format = audio["format"];
        string mediaType = format.AsString() switch
        {
            "wav" => "audio/wav",
            "mp3" => "audio/mpeg",
            string other => throw format.Fault($"is '{other}'; allowed are 'wav' and 'mp3'."),
        };
        return Data(audio["data"], audio["data"].AsString("a string of base64"), mediaType);
    }

    private static AIContent File(WireValue file)
    {
        if (file["file_id"].AsOptionalString() is { Length: > 0 } id)
        {
            return new HostedFileContent(id) { Name = file["filename"].AsOptionalString() };
        }

        WireValue data = file["file_data"];
        string text = data.AsString("a 'data:' URL or a string of base64 where there is no 'file_id'");
        bool isUrl = text.StartsWith("data:", StringComparison.OrdinalIgnoreCase);
        DataContent content = Data(data, text, isUrl ? null : "application/octet-stream");
        content.Name = file["filename"].AsOptionalString();
        return content;
    }

    /// <summary>Decodes now, so that a broken part is the client's error and not a fault of some responder later.</summary>
    private static DataContent Data(WireValue place, string text, string? mediaType)
    {
        try
        {
            var content = mediaType is null ? new DataContent(text) : new DataContent(Convert.FromBase64String(text), mediaType);
            return content.Data.IsEmpty ? throw place.Fault("holds no data.") : content;
        }
        catch (Exception error) when (error is ArgumentException or FormatException and not PromptFormatException)
        {
            throw place.Fault(mediaType is null ? "is not a valid 'data:' URL." : "is not valid base64.", error);
        }
    }
}
