using System.ComponentModel;
using System.Text;
using ModelContextProtocol.Protocol;
using ModelContextProtocol.Server;

namespace TestServers.Fixture;

/// <summary>The prompts.</summary>
internal static class FixturePrompts
{
    public static IEnumerable<McpServerPrompt> All() =>
    [
        Create(() => "This is a simple prompt for testing.", "test_simple_prompt", "A prompt without arguments."),
        Create(WithArguments, "test_prompt_with_arguments", "A prompt with arguments."),
        Create(WithResource, "test_prompt_with_embedded_resource", "A prompt with a resource."),
        Create(WithImage, "test_prompt_with_image", "A prompt with an image."),
    ];

    private static McpServerPrompt Create(Delegate method, string name, string description) =>
        McpServerPrompt.Create(method, new McpServerPromptCreateOptions { Name = name, Description = description });

    private static string WithArguments([Description("First test argument")] string arg1, [Description("Second test argument")] string arg2) =>
        $"Prompt with arguments: arg1='{arg1}', arg2='{arg2}'";

    private static IEnumerable<PromptMessage> WithResource([Description("URI of the resource to embed")] string resourceUri) =>
    [
        new() { Role = Role.User, Content = new EmbeddedResourceBlock { Resource = new TextResourceContents { Uri = resourceUri, MimeType = "text/plain", Text = "Embedded resource content for testing." } } },
        new() { Role = Role.User, Content = new TextContentBlock { Text = "Please process the embedded resource above." } },
    ];

    private static IEnumerable<PromptMessage> WithImage() =>
    [
        new() { Role = Role.User, Content = new ImageContentBlock { Data = Encoding.UTF8.GetBytes(FixtureTools.Png), MimeType = "image/png" } },
        new() { Role = Role.User, Content = new TextContentBlock { Text = "Please analyze the image above." } },
    ];
}
