using System.Text.Json;
using System.Text.Json.Nodes;
using Bridge.Mcp.Gateway;
using Bridge.Mcp.Listing;
using Bridge.Mcp.Messages;
using Bridge.Mcp.Tasks;
using ModelContextProtocol.Protocol;

namespace Bridge.Mcp.Methods;

/// <summary><c>subscriptions/listen</c>: a stream of the changes a client asks for, until it hangs up.</summary>
/// <param name="lists">What clients see.</param>
/// <param name="subscriptions">Who waits for which resource.</param>
/// <param name="tasks">The tasks of clients.</param>
internal sealed class ListenMethod(GatewayLists lists, Subscriptions subscriptions, TaskDirectory tasks) : IGatewayMethod
{
    private const int MostResources = 256, MostTasks = 256;

    /// <inheritdoc/>
    public string Name => McpMethods.Listen;

    /// <inheritdoc/>
    public async Task<JsonRpcMessage> RunAsync(GatewayRequest request, CancellationToken cancellationToken)
    {
        if (request.Message.Member("notifications") is not { ValueKind: JsonValueKind.Object } wanted)
        {
            throw new RpcException(RpcCodes.InvalidParams, "'notifications' must be an object that says which changes are wanted.");
        }

        request.Session.Listen();
        var heard = new HashSet<string>(StringComparer.Ordinal);
        JsonObject granted = await GrantAsync(request, wanted, heard, cancellationToken).ConfigureAwait(false);
        await request.SendAsync(Tag(request, McpMethods.Acknowledged, new JsonObject { ["notifications"] = granted }), cancellationToken).ConfigureAwait(false);
        await foreach (JsonRpcMessage news in request.Session.Unsolicited.Reader.ReadAllAsync(cancellationToken).ConfigureAwait(false))
        {
            if (news is JsonRpcNotification notification && heard.Contains(notification.Method))
            {
                await request.SendAsync(Tag(request, notification.Method, notification.Params?.DeepClone() as JsonObject ?? []), cancellationToken).ConfigureAwait(false);
            }
        }

        return request.Result(new JsonObject());
    }

    private static JsonRpcNotification Tag(GatewayRequest request, string method, JsonObject parameters)
    {
        if (parameters["_meta"] is not JsonObject meta)
        {
            parameters["_meta"] = meta = [];
        }

        meta[MetaKeys.SubscriptionId] = request.Id.Id is long number ? JsonValue.Create(number) : JsonValue.Create(request.Id.ToString());
        return Rpc.Notification(method, parameters);
    }

    private static bool Wants(JsonElement wanted, string member) => wanted.TryGetProperty(member, out JsonElement value) && value.ValueKind == JsonValueKind.True;

    private async Task<JsonObject> GrantAsync(GatewayRequest request, JsonElement wanted, HashSet<string> heard, CancellationToken cancellationToken)
    {
        GatewaySession session = request.Session;
        var granted = new JsonObject();
        if (Wants(wanted, "toolsListChanged"))
        {
            granted["toolsListChanged"] = heard.Add(McpMethods.ToolsChanged);
            session.SeenVersions[McpMethods.ToolsList] = (await lists.ToolsAsync(session.Identity, session.View, cancellationToken).ConfigureAwait(false)).Pages.Version;
        }

        if (Wants(wanted, "promptsListChanged"))
        {
            granted["promptsListChanged"] = heard.Add(McpMethods.PromptsChanged);
            session.SeenVersions[McpMethods.PromptsList] = (await lists.PromptsAsync(session.Identity, session.View, cancellationToken).ConfigureAwait(false)).Pages.Version;
        }

        ResourceDirectory resources = await lists.ResourcesAsync(session.Identity, session.View, cancellationToken).ConfigureAwait(false);
        if (Wants(wanted, "resourcesListChanged"))
        {
            granted["resourcesListChanged"] = heard.Add(McpMethods.ResourcesChanged);
            session.SeenVersions[McpMethods.ResourcesList] = resources.Resources.Version;
        }

        if (wanted.TryGetProperty("resourceSubscriptions", out JsonElement uris) && uris.ValueKind == JsonValueKind.Array)
        {
            heard.Add(McpMethods.ResourceUpdated);
            granted["resourceSubscriptions"] = await SubscribeAsync(request, resources, uris, cancellationToken).ConfigureAwait(false);
        }

        if (wanted.TryGetProperty("taskIds", out JsonElement ids) && ids.ValueKind == JsonValueKind.Array)
        {
            TaskDirectory.Demand(request);
            heard.Add(McpMethods.TaskChanged);
            granted["taskIds"] = Watch(session, ids);
        }

        return granted;
    }

    private JsonArray Watch(GatewaySession session, JsonElement ids)
    {
        var granted = new JsonArray();
        var form = TaskForm.Of(session);
        foreach (JsonElement id in ids.EnumerateArray().Where(id => id.ValueKind == JsonValueKind.String).Take(MostTasks))
        {
            if (tasks.Find(session, id.GetString()!) is { } task)
            {
                task.Watch(session, form);
                session.Unsolicited.TryPost(form.Notice(task)); // what changed since the client asked last
                granted.Add(task.Id);
            }
        }

        return granted;
    }

    private async Task<JsonArray> SubscribeAsync(GatewayRequest request, ResourceDirectory resources, JsonElement uris, CancellationToken cancellationToken)
    {
        var granted = new JsonArray();
        foreach (JsonElement uri in uris.EnumerateArray().Where(uri => uri.ValueKind == JsonValueKind.String).Take(MostResources))
        {
            string name = uri.GetString()!;
            if (resources.Find(name) is { } where
                && await subscriptions.AddAsync(request.Session, name, where, () => request.SendAsync(
                    where, McpMethods.Subscribe, new JsonObject { ["uri"] = where.Name }, cancellationToken)).ConfigureAwait(false) is null)
            {
                granted.Add(name);
            }
        }

        return granted;
    }
}
