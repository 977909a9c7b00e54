using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Bridge.Mcp.Connections;
using Bridge.Mcp.Gateway;
using Bridge.Mcp.Listing;
using Bridge.Mcp.Messages;
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
    /// <param name="revision">The revision it speaks.</param>
    /// <param name="cancellationToken">Ends the wait for servers that start.</param>
    public static async Task AddAsync(JsonObject result, GatewayLists lists, GatewaySession session, string revision, CancellationToken cancellationToken)
    {
        // Everything is offered from the start: which servers come and go later is no matter of the handshake.
        (McpToolSource Source, UpstreamSession Session)[] sessions =
            [.. await lists.SessionsAsync(session.Identity, session.View, cancellationToken).ConfigureAwait(false)];
        JsonObject capabilities = session.View.Server is not null && sessions is [{ Session: var only }] ? OwnOf(only) : Everything();
        if (session.View.Server is null || sessions.Any(one => one.Session.OffersTasks))
        {
            OfferTasks(capabilities, revision);
        }

        result["capabilities"] = capabilities;
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

    // They are Bridge's own, whatever their servers' are.
    private static void OfferTasks(JsonObject capabilities, string revision)
    {
        if (revision == ProtocolRevisions.Stateless)
        {
            if (capabilities["extensions"] is not JsonObject extensions)
            {
                capabilities["extensions"] = extensions = [];
            }

            extensions[TaskWords.Extension] = new JsonObject();
        }
        else if (revision == ProtocolRevisions.Newest)
        {
            capabilities["tasks"] = new JsonObject
            {
                ["list"] = new JsonObject(),
                ["cancel"] = new JsonObject(),
                ["requests"] = new JsonObject { ["tools"] = new JsonObject { ["call"] = new JsonObject() } },
            };
        }
    }

    private static JsonObject OwnOf(UpstreamSession session)
    {
        JsonObject own = JsonSerializer.SerializeToNode(
            session.Client.ServerCapabilities, McpJsonUtilities.DefaultOptions.GetTypeInfo(typeof(ServerCapabilities)))!.AsObject();
        own.Remove("tasks");
        (own["extensions"] as JsonObject)?.Remove(TaskWords.Extension);
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
