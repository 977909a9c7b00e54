using ModelContextProtocol.Server;

namespace TestServers.Fixture;

/// <summary>Tools that change what the server offers.</summary>
internal static class FixtureChanges
{
    public static IEnumerable<McpServerTool> All(
        McpServerPrimitiveCollection<McpServerTool> tools, McpServerPrimitiveCollection<McpServerPrompt> prompts, FixtureWatch watch) =>
    [
        FixtureTools.Create(() => Toggle(prompts, McpServerPrompt.Create(() => "late", new McpServerPromptCreateOptions { Name = "late_prompt", Description = "Came late." })), "add_prompt", "Offers one more prompt, or one less."),
        FixtureTools.Create(() => Toggle(prompts, McpServerPrompt.Create(() => "new", new McpServerPromptCreateOptions { Name = "new_prompt", Description = "Comes and goes." })), "test_trigger_prompt_change", "Changes the prompts."),
        FixtureTools.Create(() => Toggle(tools, FixtureTools.Create(() => "new", "new_tool", "A tool that comes and goes.")), "test_trigger_tool_change", "Changes the tools."),
        FixtureTools.Create((McpServer server, string uri, CancellationToken stop) => watch.TouchAsync(server, uri, stop), "touch_resource", "Says that a resource changed, if somebody watches it."),
        FixtureTools.Create(() => { Environment.Exit(3); return ""; }, "die", "Ends the process."),
    ];

    private static string Toggle<T>(McpServerPrimitiveCollection<T> all, T one)
        where T : IMcpServerPrimitive => all.TryAdd(one) ? "added" : all.TryGetPrimitive(one.Id, out T? there) && all.Remove(there) ? "removed" : "there";
}
