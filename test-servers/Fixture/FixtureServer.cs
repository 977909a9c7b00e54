using System.Text.Json;
using ModelContextProtocol.Protocol;
using ModelContextProtocol.Server;

namespace TestServers.Fixture;

/// <summary>What the server offers.</summary>
internal static class FixtureServer
{
    private static readonly FixtureWatch s_watch = new();

    /// <param name="revision">The one revision of the protocol that the server speaks; "any" for all.</param>
    public static McpServerOptions CreateOptions(string revision)
    {
        var tools = new McpServerPrimitiveCollection<McpServerTool>();
        var prompts = new McpServerPrimitiveCollection<McpServerPrompt>();
        var tasks = new FixtureTasks();
        foreach (McpServerTool tool in FixtureTools.All().Concat(FixtureQuestions.All()).Concat(FixtureRounds.All()).Concat(tasks.Tools).Concat(FixtureChanges.All(tools, prompts, s_watch)))
        {
            tools.Add(tool);
        }

        foreach (McpServerPrompt prompt in FixturePrompts.All().Append(FixtureRounds.Prompt()))
        {
            prompts.Add(prompt);
        }

        var options = new McpServerOptions
        {
            ProtocolVersion = revision == "any" ? null : revision,
            ServerInfo = new Implementation { Name = "fixture", Version = "1.0.0" },
            ServerInstructions = "One of everything.",
            ToolCollection = tools,
            PromptCollection = prompts,
            ResourceCollection = [.. FixtureResources.All()],
            Capabilities = new ServerCapabilities
            {
                Logging = new LoggingCapability(),
                Resources = new ResourcesCapability { Subscribe = true },
                Experimental = new Dictionary<string, object> { ["fixture/extra"] = JsonElement.Parse("""{"kept":true}""") },
            },
            Handlers = new McpServerHandlers
            {
                CompleteHandler = (request, _) => ValueTask.FromResult(Complete(request.Params!)),
                SetLoggingLevelHandler = static (_, _) => ValueTask.FromResult(new EmptyResult()),
                SubscribeToResourcesHandler = (request, _) => s_watch.Set(request.Params!.Uri, true),
                UnsubscribeFromResourcesHandler = (request, _) => s_watch.Set(request.Params!.Uri, false),
            },
        };
        FixtureAnswers.AddTo(options);
        s_watch.AddTo(options);
        tasks.AddTo(options);
        return options;
    }

    private static CompleteResult Complete(CompleteRequestParams request) => new()
    {
        Completion = new Completion { Values = [$"{request.Argument.Value}-completed"], Total = 1, HasMore = false },
    };
}
