using Bridge.Hosting;
using Bridge.Mcp.Hosting;
using Bridge.Models.Hosting;
using Bridge.Prompts;
using Bridge.Responding;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace Bridge.EndToEnd.Tests.Documentation;

/// <summary>The C# of the README, compiled. It needs a server and a model, so it is not run here.</summary>
internal static class ReadmeExample
{
    public static async Task<Prompt> LibraryAsync()
    {
        // begin
        await using var bridge = await ToolCallBridge.CreateAsync(o => o
            .Server("http://localhost:8080")
            .ToolCaller("ollama/llama3-groq-tool-use", attempts: 5));

        Prompt prompt = Prompt.Create()
            .System("You ALWAYS search for tools to get the results.")
            .User("Add 2 to 3 using available tools.");
        Prompt updated = await bridge.UpdateWithToolCall(prompt);   // the call and its result are in it now
        // end
        return updated;
    }

    public static async Task<(ChatResponse Answer, IChatClient Client)> ClientsAsync(
        IChatClient client, ToolCallBridge bridge, Prompt updated, IBridgeBuilder builder)
    {
        builder.ToolCaller(client);
        return (await client.RespondAsync(updated), client.WithBridge(bridge));
    }

    public static void Host(IServiceCollection services, IConfiguration configuration) =>
        services.AddBridge(configuration).WithMcpServers("config/mcp.json").WithModels();
}
