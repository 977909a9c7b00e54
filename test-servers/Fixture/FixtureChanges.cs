using System.Collections.Concurrent;
using System.Text.Json.Nodes;
using ModelContextProtocol.Protocol;
using ModelContextProtocol.Server;

namespace TestServers.Fixture;

/// <summary>Tools that change what the server offers.</summary>
internal static class FixtureChanges
{
    public static IEnumerable<McpServerTool> All(McpServerPrimitiveCollection<McpServerPrompt> prompts, ConcurrentDictionary<string, bool> watched) =>
    [
        FixtureTools.Create(() => prompts.TryAdd(McpServerPrompt.Create(() => "late", new McpServerPromptCreateOptions { Name = "late_prompt" })) ? "added" : "there", "add_prompt", "Offers one more prompt."),
        FixtureTools.Create((McpServer server, string uri, CancellationToken stop) => TouchAsync(server, uri, watched, stop), "touch_resource", "Says that a resource changed, if somebody watches it."),
        FixtureTools.Create(() => { Environment.Exit(3); return ""; }, "die", "Ends the process."),
    ];

    private static async Task<string> TouchAsync(McpServer server, string uri, ConcurrentDictionary<string, bool> watched, CancellationToken cancellationToken)
    {
        if (!watched.GetValueOrDefault(uri))
        {
            return "nobody watches";
        }

        await server.SendMessageAsync(
            new JsonRpcNotification { Method = NotificationMethods.ResourceUpdatedNotification, Params = new JsonObject { ["uri"] = uri, ["x-extra"] = 1 } }, cancellationToken);
        return "told";
    }
}
