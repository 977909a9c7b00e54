using System.ComponentModel;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using ModelContextProtocol;
using ModelContextProtocol.Protocol;
using ModelContextProtocol.Server;

namespace TestServers.Fixture;

/// <summary>Tools that answer by themselves.</summary>
internal static class FixtureTools
{
    private const string Wave = "UklGRiYAAABXQVZFZm10IBAAAAABAAEAQB8AAAB9AAACABAAZGF0YQIAAAA=";

    public const string Png = "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mP8z8DwHwAFBQIAX8jx0gAAAABJRU5ErkJggg==";

    public static IEnumerable<McpServerTool> All() =>
    [
        Create(() => "This is a simple text response for testing.", "test_simple_text", "Answers with a text."),
        Create(Image, "test_image_content", "Answers with an image."),
        Create(() => new AudioContentBlock { Data = Encoding.UTF8.GetBytes(Wave), MimeType = "audio/wav" }, "test_audio_content", "Answers with a sound."),
        Create(() => Embedded("test://embedded-resource", "text/plain", "This is an embedded resource content."), "test_embedded_resource", "Answers with a resource."),
        Create(Several, "test_multiple_content_types", "Answers with several kinds of content."),
        Create(LogAsync, "test_tool_with_logging", "Logs while it runs."),
        Create(ProgressAsync, "test_tool_with_progress", "Reports progress while it runs."),
        Create(Fail, "test_error_handling", "Always fails."),
        Create(() => "Reconnection test completed successfully", "test_reconnection", "Answers after the stream was closed."),
        Create((string text) => text, "echo", "Answers with the text it is given."),
        Create((RequestContext<CallToolRequestParams> request) => request.Params?.Meta?.ToJsonString() ?? "none", "show_meta", "Shows what came beside the arguments."),
        WithSchema(),
        WithExtras(),
        Mirrored(),
    ];

    public static McpServerTool Create(Delegate method, string name, string description) =>
        McpServerTool.Create(method, new McpServerToolCreateOptions { Name = name, Description = description });

    private static ImageContentBlock Image() => new() { Data = Encoding.UTF8.GetBytes(Png), MimeType = "image/png" };

    private static EmbeddedResourceBlock Embedded(string uri, string mimeType, string text) =>
        new() { Resource = new TextResourceContents { Uri = uri, MimeType = mimeType, Text = text } };

    private static ContentBlock[] Several() =>
    [
        new TextContentBlock { Text = "Multiple content types test:" },
        Image(),
        Embedded("test://mixed-content-resource", "application/json", """{"test":"data","value":123}"""),
    ];

    private static string Fail() => throw new McpException("This tool intentionally returns an error for testing");

    public static async Task<string> LogAsync(McpServer server, CancellationToken cancellationToken)
    {
        foreach (string step in (string[])["Tool execution started", "Tool processing data", "Tool execution completed"])
        {
            await server.SendNotificationAsync(
                NotificationMethods.LoggingMessageNotification,
                new LoggingMessageNotificationParams { Level = LoggingLevel.Info, Logger = "fixture", Data = JsonSerializer.SerializeToElement(step) },
                cancellationToken: cancellationToken);
            await Task.Delay(20, cancellationToken);
        }

        return "Tool with logging executed successfully";
    }

    private static async Task<string> ProgressAsync(
        McpServer server, RequestContext<CallToolRequestParams> request, CancellationToken cancellationToken, int steps = 3)
    {
        if (request.Params?.ProgressToken is not { } token)
        {
            return "No progress token provided";
        }

        for (int step = 0; step < steps; step++)
        {
            // By hand, because a member that no SDK knows must arrive too.
            var progress = new JsonObject { ["progressToken"] = JsonValue.Create(token.ToString()), ["progress"] = step * 50, ["total"] = 100, ["x-extra"] = step };
            await server.SendMessageAsync(new JsonRpcNotification { Method = NotificationMethods.ProgressNotification, Params = progress }, cancellationToken);
        }

        return "Tool with progress executed successfully";
    }

    private static McpServerTool WithSchema()
    {
        McpServerTool tool = Create(() => "JSON Schema 2020-12 tool executed successfully", "json_schema_2020_12_tool", "Tool with JSON Schema 2020-12 features");
        tool.ProtocolTool.InputSchema = JsonElement.Parse("""
            {
              "$schema": "https://json-schema.org/draft/2020-12/schema",
              "type": "object",
              "$defs": { "address": { "$anchor": "addressDef", "type": "object", "properties": { "street": { "type": "string" }, "city": { "type": "string" } } } },
              "properties": { "name": { "type": "string" }, "address": { "$ref": "#/$defs/address" }, "contactMethod": { "type": "string" }, "phone": { "type": "string" }, "email": { "type": "string" } },
              "allOf": [{ "anyOf": [{ "required": ["phone"] }, { "required": ["email"] }, { "required": ["name"] }, { "required": [] }] }],
              "if": { "properties": { "contactMethod": { "const": "phone" } }, "required": ["contactMethod"] },
              "then": { "required": ["phone"] },
              "else": {},
              "additionalProperties": false
            }
            """);
        return tool;
    }

    private static McpServerTool Mirrored()
    {
        McpServerTool tool = Create((string region, int? count) => $"{region} {count}", "test_mirrored", "Answers with arguments that headers repeat.");
        tool.ProtocolTool.InputSchema = JsonElement.Parse("""
            {
              "type": "object",
              "properties": { "region": { "type": "string", "x-mcp-header": "Region" }, "count": { "type": ["integer", "null"], "x-mcp-header": "Count" } },
              "required": ["region"]
            }
            """);
        return tool;
    }

    private static McpServerTool WithExtras()
    {
        McpServerTool tool = Create(
            ([Description("How many.")] int count) => new { doubled = count * 2 }, "double", "Doubles a number; its definition has members of its own.");
        tool.ProtocolTool.Meta = new JsonObject { ["fixture/extra"] = "kept" };
        tool.ProtocolTool.Icons = [new Icon { Source = "https://example.org/icon.png" }];
        return tool;
    }
}
