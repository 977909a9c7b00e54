using System.Collections.Frozen;
using System.Collections.Immutable;
using System.Runtime.CompilerServices;
using System.Text.Json.Nodes;
using Bridge.Mcp.Messages;
using ModelContextProtocol.Protocol;

namespace Bridge.Mcp.Gateway;

/// <summary>The revisions of MCP that clients may speak with the gateway; the one place that knows how they differ.</summary>
public static class ProtocolRevisions
{
    /// <summary>The newest revision with sessions.</summary>
    public const string Newest = "2025-11-25";

    /// <summary>The revision without sessions: every request says for itself who asks and what the client can do.</summary>
    public const string Stateless = "2026-07-28";

    /// <summary>How long a client may keep what it read, in milliseconds.</summary>
    internal const string Lifetime = "ttlMs";

    // When no server says less.
    private const int ListLifetimeMs = 60_000;

    private static readonly ImmutableArray<string> s_withSessions = ["2024-11-05", "2025-03-26", "2025-06-18", Newest];
    private static readonly FrozenSet<string> s_onlyWithSessions = FrozenSet.Create(
        McpMethods.Initialize, McpMethods.Ping, McpMethods.SetLevel, McpMethods.Subscribe, McpMethods.Unsubscribe, McpMethods.TasksList, McpMethods.TasksResult);

    private static readonly FrozenSet<string> s_onlyStateless = FrozenSet.Create(McpMethods.Discover, McpMethods.Listen, McpMethods.TasksUpdate);
    private static readonly FrozenSet<string> s_sinceNewest = FrozenSet.Create(McpMethods.TasksGet, McpMethods.TasksCancel, McpMethods.TasksList, McpMethods.TasksResult);
    private static readonly FrozenSet<string> s_lists = FrozenSet.Create(
        McpMethods.ToolsList, McpMethods.PromptsList, McpMethods.ResourcesList, McpMethods.TemplatesList, McpMethods.Discover);

    private static readonly ConditionalWeakTable<JsonObject, JsonObject> s_finishedLists = [];

    /// <summary>The newest name and version of Bridge, as clients are told.</summary>
    internal static JsonObject Server { get; } = new()
    {
        ["name"] = "bridge",
        ["title"] = "Bridge",
        ["version"] = typeof(ProtocolRevisions).Assembly.GetName().Version?.ToString(3) ?? "0",
    };

    /// <summary>Whether the gateway speaks a revision in sessions.</summary>
    /// <param name="revision">The revision.</param>
    /// <returns>Whether it does.</returns>
    public static bool HasSessions(string revision) => s_withSessions.Contains(revision);

    /// <summary>The revision of a session.</summary>
    /// <param name="asked">What the client asked for.</param>
    /// <returns>The same where it is known, else the newest.</returns>
    public static string Negotiate(string? asked) => asked is not null && HasSessions(asked) ? asked : Newest;

    /// <summary>Whether a revision has a method.</summary>
    internal static bool Offers(string? revision, string method) => revision == Stateless
        ? !s_onlyWithSessions.Contains(method)
        : !s_onlyStateless.Contains(method) && (revision == Newest || !s_sinceNewest.Contains(method));

    /// <summary>Makes an answer one of the revision without sessions: what every result says there, and the codes it has for errors.</summary>
    internal static JsonRpcMessage Finish(string method, JsonRpcMessage answer)
    {
        if (answer is JsonRpcError { Error.Code: RpcCodes.ResourceNotFound } missing)
        {
            missing.Error.Code = RpcCodes.InvalidParams;
        }

        if (answer is JsonRpcResponse { Result: JsonObject result } good)
        {
            // Pages of lists are shared between clients and revisions.
            good.Result = s_lists.Contains(method) && !result.ContainsKey(Lifetime) ? s_finishedLists.GetValue(result, page => Finish(method, page.DeepClone().AsObject())) : Finish(method, result);
        }

        return answer;
    }

    /// <summary>What a client is told of a list of which servers say how long it holds.</summary>
    internal static long LifetimeMs(TimeSpan left) => (long)Math.Clamp(left.TotalMilliseconds, 0, ListLifetimeMs);

    private static JsonObject Finish(string method, JsonObject result)
    {
        result["resultType"] ??= "complete";
        if (s_lists.Contains(method) || method == McpMethods.ResourcesRead)
        {
            // What a server says of its own resource holds here too; of lists it was taken in already.
            result[Lifetime] = result[Lifetime] is JsonValue given && given.TryGetValue(out long ms) ? Math.Max(ms, 0) : method == McpMethods.ResourcesRead ? 0 : ListLifetimeMs;
            result["cacheScope"] = "private"; // what a client sees depends on who it is
        }

        if (result["_meta"] is not JsonObject meta)
        {
            result["_meta"] = meta = [];
        }

        meta[MetaKeys.ServerInfo] = Server.DeepClone();
        return result;
    }
}
