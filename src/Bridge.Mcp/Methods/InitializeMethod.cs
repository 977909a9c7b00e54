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

/// <summary><c>initialize</c>: the client says who it is and learns what there is.</summary>
/// <param name="lists">The servers behind.</param>
internal sealed class InitializeMethod(GatewayLists lists) : IGatewayMethod
{
    private const int MaxInstructions = 4000;

    private static readonly string s_version = typeof(InitializeMethod).Assembly.GetName().Version?.ToString(3) ?? "0";

    /// <inheritdoc/>
    public string Name => McpMethods.Initialize;

    /// <inheritdoc/>
    public async Task<JsonRpcMessage> RunAsync(GatewayRequest request, CancellationToken cancellationToken)
    {
        if (request.Session.Profile is not null)
        {
            throw new RpcException(RpcCodes.InvalidRequest, "The session is initialized already.");
        }

        string revision = ProtocolRevisions.Negotiate(request.Require("protocolVersion"));
        JsonObject result = new()
        {
            ["protocolVersion"] = revision,
            ["capabilities"] = null,
            ["serverInfo"] = new JsonObject { ["name"] = "bridge", ["title"] = "Bridge", ["version"] = s_version },
        };

        // Everything is offered from the start: which servers come and go later is no matter of the handshake.
        (McpToolSource Source, UpstreamSession Session)[] sessions =
            [.. await lists.SessionsAsync(request.Session.Identity, request.Session.View, cancellationToken).ConfigureAwait(false)];
        result["capabilities"] = request.Session.View.Server is not null && sessions is [{ Session: var only }] ? OwnOf(only) : Everything();
        if (Instructions(sessions) is { Length: > 0 } instructions)
        {
            result["instructions"] = instructions;
        }

        request.Session.Profile = new ClientProfile(revision, request.Message.Member("capabilities") ?? default);
        return request.Result(result);
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
