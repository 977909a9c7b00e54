using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization.Metadata;
using Bridge.Tools;
using Microsoft.Extensions.AI;
using ModelContextProtocol;
using ModelContextProtocol.Protocol;

namespace Bridge.Mcp.Connections;

/// <summary>Turns the content of MCP into the content of chat messages; nothing is dropped.</summary>
internal static class ContentMapper
{
    private const string AnyMedia = "application/octet-stream";

    private static readonly JsonTypeInfo<JsonElement> s_element =
        (JsonTypeInfo<JsonElement>)McpJsonUtilities.DefaultOptions.GetTypeInfo(typeof(JsonElement));

    private static readonly JsonTypeInfo<ContentBlock> s_block =
        (JsonTypeInfo<ContentBlock>)McpJsonUtilities.DefaultOptions.GetTypeInfo(typeof(ContentBlock));

    /// <summary>Reads the result of a call; the raw one stays with it.</summary>
    /// <exception cref="JsonException">It is no result, or of a kind that is not known: the specification has such answers taken for invalid.</exception>
    public static ToolResult ToResult(JsonNode? raw)
    {
        if (raw is null)
        {
            return new ToolResult();
        }

        JsonObject answer = raw as JsonObject ?? throw new JsonException($"it is a JSON value of kind {raw.GetValueKind()}, and a result is an object");
        if (answer["resultType"] is { } kind && kind.ToJsonString() != "\"complete\"")
        {
            throw new JsonException($"its 'resultType' is {kind.ToJsonString()}, and only \"complete\" is a result");
        }

        return new ToolResult
        {
            Content = answer["content"] switch
            {
                null => [],
                JsonArray blocks => [.. blocks.Select(ToContent)],
                _ => throw new JsonException("its 'content' is not an array"),
            },
            Structured = answer["structuredContent"] is { } structured ? structured.Deserialize(s_element) : null,
            IsError = answer["isError"] switch
            {
                null => false,
                JsonValue value when value.TryGetValue(out bool isError) => isError,
                _ => throw new JsonException("its 'isError' is neither true nor false"),
            },
            RawRepresentation = raw,
        };
    }

    // Most blocks are texts: those need no types of the SDK.
    private static AIContent ToContent(JsonNode? block) =>
        block is JsonObject { } text && text["type"] is JsonValue type && type.TryGetValue(out string? name) && name == "text" && text["text"] is JsonValue value && value.TryGetValue(out string? said)
            ? new TextContent(said)
            : ToContent(block.Deserialize(s_block) ?? throw new JsonException("a block of its 'content' is null"));

    public static ImmutableArray<AIContent> ToContents(IEnumerable<ContentBlock>? blocks) => [.. (blocks ?? []).Select(ToContent)];

    public static AIContent ToContent(ContentBlock block) => block switch
    {
        TextContentBlock text => new TextContent(text.Text),
        ImageContentBlock image => Data(() => image.DecodedData, image.MimeType, null),
        AudioContentBlock audio => Data(() => audio.DecodedData, audio.MimeType, null),
        EmbeddedResourceBlock embedded => ToContent(embedded.Resource),
        ResourceLinkBlock link => Link(link),
        _ => new TextContent($"[content of type '{block.Type}']"),
    };

    public static AIContent ToContent(ResourceContents resource) => resource switch
    {
        TextResourceContents text => new TextContent(text.Text) { AdditionalProperties = Origin(text) },
        BlobResourceContents blob => Data(() => blob.DecodedData, blob.MimeType, blob),
        _ => new TextContent($"[resource {resource.Uri}]"),
    };

    private static AIContent Data(Func<ReadOnlyMemory<byte>> decode, string? mediaType, ResourceContents? resource)
    {
        try
        {
            return new DataContent(decode(), IsMediaType(mediaType) ? mediaType! : AnyMedia)
            {
                Name = resource?.Uri,
                AdditionalProperties = resource is null ? null : Origin(resource),
            };
        }
        catch (FormatException)
        {
            return new TextContent($"[{mediaType ?? AnyMedia} that is not valid base64]");
        }
    }

    private static AIContent Link(ResourceLinkBlock link) =>
        Uri.TryCreate(link.Uri, UriKind.Absolute, out Uri? uri)
            ? new UriContent(uri, IsMediaType(link.MimeType) ? link.MimeType! : AnyMedia)
            {
                AdditionalProperties = new AdditionalPropertiesDictionary { ["name"] = link.Name, ["description"] = link.Description },
            }
            : new TextContent($"[link to '{link.Uri}': {link.Name}]");

    private static AdditionalPropertiesDictionary Origin(ResourceContents resource) =>
        new() { ["uri"] = resource.Uri, ["mimeType"] = resource.MimeType };

    private static bool IsMediaType(string? text) =>
        System.Net.Http.Headers.MediaTypeHeaderValue.TryParse(text, out _);
}
