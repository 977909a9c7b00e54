using System.ComponentModel;
using ModelContextProtocol.Protocol;
using ModelContextProtocol.Server;

namespace TestServers.Weather;

/// <summary>What the server offers; a set of its own for each session.</summary>
internal static class WeatherServer
{
    public static McpServerOptions CreateOptions()
    {
        var tools = new McpServerPrimitiveCollection<McpServerTool>();
        foreach (McpServerTool tool in WeatherTools.All(tools))
        {
            tools.Add(tool);
        }

        return new McpServerOptions
        {
            ServerInfo = new Implementation { Name = "weather", Version = "1.0.0" },
            ToolCollection = tools,
            PromptCollection = [McpServerPrompt.Create(Report, new McpServerPromptCreateOptions { Name = "weather_report", Description = "Asks for a weather report of a city." })],
            ResourceCollection =
            [
                McpServerResource.Create(() => "Lisbon\nOslo\nTokyo", new McpServerResourceCreateOptions { UriTemplate = "weather://cities", Name = "cities", MimeType = "text/plain" }),
                McpServerResource.Create(Icon, new McpServerResourceCreateOptions { UriTemplate = "weather://icon", Name = "icon", MimeType = "image/png" }),
                McpServerResource.Create((string name) => $"{name} is a city.", new McpServerResourceCreateOptions { UriTemplate = "weather://city/{name}", Name = "city", MimeType = "text/plain" }),
            ],
        };
    }

    private static IEnumerable<PromptMessage> Report([Description("The city.")] string city, [Description("The style.")] string style = "plain") =>
    [
        new() { Role = Role.User, Content = new TextContentBlock { Text = $"Write a {style} weather report of {city}." } },
        new() { Role = Role.Assistant, Content = new TextContentBlock { Text = "With pleasure." } },
    ];

    private static BlobResourceContents Icon() => BlobResourceContents.FromBytes(WeatherTools.Png, "weather://icon", "image/png");
}
