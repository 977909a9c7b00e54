using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Bridge.Mcp.Connections;
using Bridge.Mcp.Gateway;
using Bridge.Mcp.Listing;
using Bridge.Mcp.Sources;
using ModelContextProtocol;
using ModelContextProtocol.Protocol;

namespace Bridge.Mcp.Methods;

/// <summary>What a client is told that there is.</summary>
internal static class GatewayOffer
{
    private const int MaxInstructions = 4000;

    /// <summary>Adds the capabilities, and what the servers say of their use.</summary>
    /// <param name="result">The answer to <c>initialize</c> or <c>server/discover</c>.</param>
    /// <param name="lists">The servers behind.</param>
    /// <param name="session">The client.</param>
    /// <param name="cancellationToken">Ends the wait for servers that start.</param>
    public static async Task AddAsync(JsonObject result, GatewayLists lists, GatewaySession session, CancellationToken cancellationToken)
    {
        // Everything is offered from the start: which servers come and go later is no matter of the handshake.
        (McpToolSource Source, UpstreamSession Session)[] sessions =
            [.. await lists.SessionsAsync(session.Identity, session.View, cancellationToken).ConfigureAwait(false)];
        result["capabilities"] = session.View.Server is not null && sessions is [{ Session: var only }] ? OwnOf(only) : Everything();
        if (Instructions(sessions) is { Length: > 0 } instructions)
        {
            result["instructions"] = instructions;
        }
    }

    private static JsonObject Everything() => new()
    {
        ["tools"] = new JsonObject { ["listChanged"] = true },
        ["prompts"] = new JsonObject { ["listChanged"] = true },
        ["resources"] = new JsonObject { ["listChanged"] = true, ["subscribe"] = true },
        ["completions"] = new JsonObject(),
        ["logging"] = new JsonObject(),
    };

    // Tasks are kept by their server, and nothing here leads back to it.
    private static JsonObject OwnOf(UpstreamSession session)
    {
        JsonObject own = JsonSerializer.SerializeToNode(
            session.Client.ServerCapabilities, McpJsonUtilities.DefaultOptions.GetTypeInfo(typeof(ServerCapabilities)))!.AsObject();
        own.Remove("tasks");
        foreach (string list in (string[])["tools", "prompts", "resources"])
        {
            if (own[list] is JsonObject offered)
            {
                offered["listChanged"] = true;
            }
        }

        return own;
    }

    private static string Instructions((McpToolSource Source, UpstreamSession Session)[] sessions)
    {
        var text = new StringBuilder();
        foreach ((McpToolSource source, UpstreamSession session) in sessions)
        {
            if (session.Client.ServerInstructions is { Length: > 0 } said)
            {
                text.Append(text.Length > 0 ? "\n\n" : "").Append(sessions.Length > 1 ? $"{source.Id}: " : "").Append(said.AsSpan(0, Math.Min(said.Length, MaxInstructions)));
            }
        }

        return text.ToString();
    }
}
