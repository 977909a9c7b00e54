using Bridge.Pipeline;
using Microsoft.Extensions.AI;

namespace Bridge.Hosting;

/// <summary>Puts the bridge in front of a chat client.</summary>
public static class BridgeChatClientExtensions
{
    /// <summary>The key under which a response's additional properties hold what became of tool calling (<see cref="Outcomes.ToolCalling"/>).</summary>
    public const string ToolCallingKey = "bridge";

    /// <summary>One line for existing apps: every prompt passes the bridge, then this client answers.</summary>
    /// <param name="client">The responder.</param>
    /// <param name="bridge">The bridge; it stays the caller's to dispose.</param>
    /// <param name="options">How to treat prompts; <see langword="null"/> for what is configured.</param>
    /// <returns>The client to use instead.</returns>
    public static IChatClient WithBridge(this IChatClient client, IToolCallBridge bridge, ToolCallOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(client);
        ArgumentNullException.ThrowIfNull(bridge);
        return new BridgeChatClient(client, bridge, options);
    }
}
