using System.Collections.Concurrent;
using System.Text.Json;
using ModelContextProtocol.Protocol;
using ModelContextProtocol.Server;

namespace TestServers.Fixture;

/// <summary>What the server offers.</summary>
internal static class FixtureServer
{
    private static readonly ConcurrentDictionary<string, bool> s_watched = new();

    public static McpServerOptions CreateOptions()
    {
        var tools = new McpServerPrimitiveCollection<McpServerTool>();
        var prompts = new McpServerPrimitiveCollection<McpServerPrompt>();
        foreach (McpServerTool tool in FixtureTools.All().Concat(FixtureQuestions.All()).Concat(FixtureRounds.All()).Concat(FixtureChanges.All(tools, prompts, s_watched)))
        {
            tools.Add(tool);
        }

        foreach (McpServerPrompt prompt in FixturePrompts.All().Append(FixtureRounds.Prompt()))
        {
            prompts.Add(prompt);
        }

        return new McpServerOptions
        {
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
                SubscribeToResourcesHandler = (request, _) => Watch(request.Params!.Uri, true),
                UnsubscribeFromResourcesHandler = (request, _) => Watch(request.Params!.Uri, false),
            },
        };
    }

    private static CompleteResult Complete(CompleteRequestParams request) => new()
    {
        Completion = new Completion { Values = [$"{request.Argument.Value}-completed"], Total = 1, HasMore = false },
    };

    private static ValueTask<EmptyResult> Watch(string uri, bool on)
    {
        s_watched[uri] = on;
        return ValueTask.FromResult(new EmptyResult());
    }
}
