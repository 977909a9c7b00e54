using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Nodes;
using Bridge.Mcp.Configuration;
using Bridge.Mcp.Messages;
using Bridge.Mcp.Mirroring;
using Bridge.Mcp.Wire;
using Bridge.Telemetry;
using Bridge.Tools;
using ModelContextProtocol;
using ModelContextProtocol.Client;
using ModelContextProtocol.Protocol;

namespace Bridge.Mcp.Connections;

/// <summary>One initialized session with a server, from its handshake to its end.</summary>
internal sealed class UpstreamSession : IAsyncDisposable
{
    private const int MaxEntries = 10_000;
    private const string ProgressToken = "progressToken";

    private static readonly string[] s_clientsOwn = [MetaKeys.ProtocolVersion, MetaKeys.ClientInfo, MetaKeys.ClientCapabilities, MetaKeys.LogLevel];

    private static readonly TimeSpan s_goodbye = TimeSpan.FromSeconds(2);

    private readonly McpServerConfig _config;
    private readonly IUpstreamLink _link;
    private readonly ActiveCalls _calls;
    private readonly TimeProvider _time;
    private readonly IUpstreamRevision _revision;
    private readonly TaskCompletionSource<string> _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);

    internal UpstreamSession(McpServerConfig config, IUpstreamLink link, McpClient client, ActiveCalls calls, IUpstreamRevision revision, TimeProvider time)
    {
        (_config, _link, Client, _calls, _revision, _time) = (config, link, client, calls, revision, time);
        Features = new FeatureLists(this);
        _ = WatchAsync();
    }

    /// <summary>The SDK's client, for what is not a tool call.</summary>
    public McpClient Client { get; }

    /// <summary>What the server offers beside tools.</summary>
    public FeatureLists Features { get; }

    /// <summary>Whether the server logs to its clients.</summary>
#pragma warning disable MCP9005 // obsolete in the newest version only; servers of all others offer it
    public bool OffersLogging => Client.ServerCapabilities.Logging is not null;
#pragma warning restore MCP9005

    /// <summary>Whether the server does anything any more; <see langword="null"/> where it is not ours to end.</summary>
    public HangCheck? Hang { get; init; }

    /// <summary>Whether the server takes calls as tasks.</summary>
    public bool OffersTasks => _revision.OffersTasks;

    /// <summary>The way to the server.</summary>
    public IUpstreamLink Link => _link;

    /// <summary>Ends with the reason once nothing more can be sent.</summary>
    public Task<string> Ended => _ended.Task;

    /// <summary>How many calls are waiting for an answer.</summary>
    public int ActiveCallCount => _calls.Count;

    /// <summary>The server as this session sees it, with the credential it shows.</summary>
    public McpServerConfig Config => _config;

    /// <summary>Gives the session up: whoever waits for it learns the reason.</summary>
    public void Abandon(string reason) => _ended.TrySetResult(reason);

    /// <summary>The time.</summary>
    public DateTimeOffset Now => _time.GetUtcNow();

    /// <summary>Lists all tools, page by page.</summary>
    /// <exception cref="UpstreamException">The list has no end.</exception>
    public async Task<ToolListing> ListToolsAsync(CancellationToken cancellationToken)
    {
        if (Client.ServerCapabilities.Tools is null)
        {
            return ToolListing.Empty;
        }

        // Raw, because the SDK refuses the whole list for one bad schema.
        UpstreamList list = await ListAsync(RequestMethods.ToolsList, "tools", Client.ServerCapabilities.Tools.ListChanged == true, cancellationToken).ConfigureAwait(false);
        return ToolCompiler.Compile(_config.Id, list.Entries, _config.SecretsInHeaders) with { Freshness = list.Freshness };
    }

    /// <summary>Lists everything of a kind, page by page, as the server says it.</summary>
    /// <param name="method">The method that lists.</param>
    /// <param name="member">Where the entries are in its result.</param>
    /// <param name="tellsOfChanges">Whether the server tells when the list changes.</param>
    /// <param name="cancellationToken">Ends the listing.</param>
    /// <exception cref="UpstreamException">The list has no end, or the server refuses to list.</exception>
    public async Task<UpstreamList> ListAsync(string method, string member, bool tellsOfChanges, CancellationToken cancellationToken)
    {
        var entries = ImmutableArray.CreateBuilder<JsonElement>();
        var cursors = new HashSet<string>(StringComparer.Ordinal);
        var lifetime = new ListLifetime(tellsOfChanges);
        string? cursor = null;
        do
        {
            JsonRpcMessage answer = await RequestAsync(
                method, cursor is null ? [] : new JsonObject { ["cursor"] = cursor }, CallContext.Local, cancellationToken).ConfigureAwait(false);
            if (answer is JsonRpcError refused)
            {
                throw new UpstreamException($"It refused '{method}' (error {refused.Error.Code}): {refused.Error.Message}", "Check its own log.");
            }

            JsonElement page = JsonElement.Parse(((JsonRpcResponse)answer).Result?.ToJsonString() ?? "null");
            lifetime.Add(page, Now);
            if (page.ValueKind == JsonValueKind.Object && page.TryGetProperty(member, out JsonElement listed) && listed.ValueKind == JsonValueKind.Array)
            {
                entries.AddRange(listed.EnumerateArray());
            }

            cursor = page.ValueKind == JsonValueKind.Object && page.TryGetProperty("nextCursor", out JsonElement next) && next.ValueKind == JsonValueKind.String ? next.GetString() : null;
            if (entries.Count > MaxEntries || (cursor is not null && !cursors.Add(cursor)))
            {
                throw new UpstreamException($"Its list of {member} has no end", $"At most {MaxEntries} {member} are taken; the server must end its list.");
            }
        }
        while (cursor is not null);

        return new UpstreamList(entries.ToImmutable(), lifetime.Whole());
    }

    /// <summary>Sends a request and waits for its answer.</summary>
    /// <param name="method">The method.</param>
    /// <param name="parameters">The parameters, without a token of progress; the session's from now on.</param>
    /// <param name="context">On whose behalf: progress and questions of the server go there.</param>
    /// <param name="cancellationToken">Cancels the request, here and there.</param>
    /// <returns>The answer, good or bad.</returns>
    /// <exception cref="IOException">The session ended first.</exception>
    public async Task<JsonRpcMessage> RequestAsync(string method, JsonObject parameters, CallContext context, CancellationToken cancellationToken)
    {
        using ActiveCalls.Registration registration = _calls.Begin(context);
        AddMeta(parameters, context, registration.Token);
        JsonRpcMessage answer = await CheckAsync(_revision.RequestAsync(Request(registration.Token, method, parameters), context, cancellationToken)).ConfigureAwait(false);
        return IsOver(answer) ? throw new IOException(await Ended.ConfigureAwait(false)) : answer;
    }

    /// <summary>Tells the server something; one that is gone is not told.</summary>
    public async Task NotifyAsync(JsonRpcNotification notification, CancellationToken cancellationToken)
    {
        try
        {
            await _revision.NotifyAsync(notification, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception error) when (error is IOException or HttpRequestException or InvalidOperationException or ObjectDisposedException)
        {
            // Nobody waits for an answer.
        }
    }

    /// <summary>Sends one call and waits for its answer.</summary>
    /// <exception cref="ToolSourceException">The call was not delivered, or its answer was lost.</exception>
    public async Task<ToolResult> CallAsync(ToolCall call, CallContext context, CancellationToken cancellationToken)
    {
        if (Ended.IsCompleted)
        {
            throw new ToolSourceException($"The server '{_config.Id}' is not connected: {await Ended.ConfigureAwait(false)}.", sent: false);
        }

        using ActiveCalls.Registration registration = _calls.Begin(call, context);
        var parameters = new JsonObject { ["name"] = call.Tool.Id.Name, ["arguments"] = JsonNode.Parse(call.Arguments.Span) };
        AddMeta(parameters, context, registration.Token);
        if (MirroredParameters.Of(call.Tool) is { IsEmpty: false } mirrored)
        {
            CallHeaders.Carry(mirrored.Headers(JsonElement.Parse(call.Arguments.Span)));
        }

        using CancellationTokenSource? timer = _config.CallTimeout is { } most ? new(most, _time) : null; // without one, the call's own limit is all
        using CancellationTokenSource? limit = timer is null ? null : CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, timer.Token);
        try
        {
            CallContext followed = timer is not null && context.Task is { } follower
                ? context with { Task = new DelegatingTaskFollower(follower, () => timer.CancelAfter(Timeout.InfiniteTimeSpan)) } // nobody waits for an answer
                : context;
            JsonRpcRequest request = Request(registration.Token, RequestMethods.ToolsCall, parameters);
            JsonRpcMessage answer = await CheckAsync(_revision.CallAsync(request, call.Tool, followed, limit?.Token ?? cancellationToken)).ConfigureAwait(false);
            if (IsOver(answer))
            {
                throw new ToolSourceException($"{await Ended.ConfigureAwait(false)}. The tool '{call.Tool.Id}' did not run.", sent: false);
            }

            return answer is JsonRpcError refused ? CallFailure.ToResult(_config, call, refused.Error) : ContentMapper.ToResult(((JsonRpcResponse)answer).Result);
        }
        catch (Exception error) when (error is not ToolSourceException)
        {
            _ = (limit?.Token ?? cancellationToken).IsCancellationRequested ? EndIfHungAsync() : Task.CompletedTask;
            cancellationToken.ThrowIfCancellationRequested();
            return timer?.IsCancellationRequested == true
                ? throw new ToolSourceException($"The tool '{call.Tool.Id}' did not answer within {_config.CallTimeout!.Value.TotalSeconds:0.#} s and was cancelled.", sent: true, error)
                : throw await CallFailure.DescribeAsync(_config, call, error, this).ConfigureAwait(false);
        }
    }

    /// <summary>Why the session ended; what is known of it now when it does not end soon.</summary>
    public async Task<string> ReasonAsync(string known)
    {
        await Task.WhenAny(Ended, Task.Delay(s_goodbye, _time)).ConfigureAwait(false);
        return Ended.IsCompleted ? await Ended.ConfigureAwait(false) : known;
    }

    /// <summary>Lets a request end early when the session does.</summary>
    public async Task<T> UnlessEnded<T>(Task<T> request)
    {
        await Task.WhenAny(request, Ended).ConfigureAwait(false);
        if (request.IsCompleted)
        {
            return await request.ConfigureAwait(false);
        }

        _ = request.ContinueWith(static late => late.Exception, TaskScheduler.Default); // observed: nobody waits for it any more
        throw new IOException(await Ended.ConfigureAwait(false));
    }

    private async Task UnlessEnded(Task request)
    {
        await Task.WhenAny(request, Ended).ConfigureAwait(false);
        await (request.IsCompleted ? request : Task.FromException(new IOException(await Ended.ConfigureAwait(false)))).ConfigureAwait(false);
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        Abandon("it was closed");
        await _revision.DisposeAsync().ConfigureAwait(false);
        try
        {
            await Client.DisposeAsync().AsTask().WaitAsync(s_goodbye, _time).ConfigureAwait(false);
        }
        catch (Exception error) when (error is IOException or HttpRequestException or TimeoutException or McpException or OperationCanceledException or ObjectDisposedException)
        {
            // Saying goodbye is a courtesy; the way itself is closed next.
        }

        await _link.DisposeAsync().ConfigureAwait(false);
    }

    /// <summary>Begins to hear of changes.</summary>
    /// <param name="cancellationToken">Ends the wait.</param>
    internal Task BeginAsync(CancellationToken cancellationToken) => UnlessEnded(_revision.BeginAsync(cancellationToken));

    // The server was replaced by a newer or an older one, which did nothing.
    private static bool IsOver(JsonRpcMessage answer) => answer is JsonRpcError { Error.Code: RpcCodes.UnsupportedRevision };

    private static JsonRpcRequest Request(string id, string method, JsonObject parameters) => new() { Id = new RequestId(id), Method = method, Params = parameters };

    private async Task<JsonRpcMessage> CheckAsync(Task<JsonRpcMessage> asking)
    {
        JsonRpcMessage answer = await UnlessEnded(asking).ConfigureAwait(false);
        if (IsOver(answer))
        {
            Abandon(CallFailure.OtherRevision(_config));
        }

        return answer;
    }

    // The client's own token is replaced by ours, which says whose the progress is.
    private static void AddMeta(JsonObject parameters, CallContext context, string token)
    {
        bool wantsProgress = context.Progress is not null || (context.Interaction is IClientPeer && context.Meta?.ContainsKey(ProgressToken) == true);
        JsonObject meta = context.Meta?.DeepClone().AsObject() ?? [];
        meta.Remove(ProgressToken);
        foreach (string own in s_clientsOwn)
        {
            meta.Remove(own); // what a client says of itself; to the server Bridge is the client
        }

        if (wantsProgress)
        {
            meta[ProgressToken] = token;
        }

        TraceContext.Write(meta);
        if (meta.Count > 0)
        {
            parameters["_meta"] = meta;
        }
    }

    private async Task EndIfHungAsync()
    {
        if (Hang is { } hang && await hang.HangsAsync(Ended).ConfigureAwait(false))
        {
            Abandon("it hangs: it answered neither its calls nor a ping");
        }
    }

    private async Task WatchAsync()
    {
        Task first = await Task.WhenAny(Client.Completion, _link.Broken, Ended).ConfigureAwait(false);
        string reason = first == _link.Broken
            ? await _link.Broken.ConfigureAwait(false)
            : first == Client.Completion && (await Client.Completion.ConfigureAwait(false)).Exception is { } error
                ? $"its connection broke: {error.Message}"
                : "it closed the connection";
        if (first == Client.Completion && await Task.WhenAny(_link.Broken, Task.Delay(TimeSpan.FromMilliseconds(500), _time)).ConfigureAwait(false) == _link.Broken)
        {
            reason = await _link.Broken.ConfigureAwait(false); // the death of the process says more than the end of its output
        }

        Abandon(reason);
    }
}
