using System.Text.Json;
using System.Text.Json.Nodes;
using Bridge.Mcp.Configuration;
using Bridge.Tools;
using ModelContextProtocol;
using ModelContextProtocol.Client;
using ModelContextProtocol.Protocol;

namespace Bridge.Mcp.Connections;

/// <summary>One initialized session with a server, from its handshake to its end.</summary>
internal sealed class UpstreamSession : IAsyncDisposable
{
    private const int MaxTools = 10_000;

    private static readonly TimeSpan s_goodbye = TimeSpan.FromSeconds(2);

    private readonly McpServerConfig _config;
    private readonly IUpstreamLink _link;
    private readonly ActiveCalls _calls;
    private readonly TimeProvider _time;
    private readonly CallSender _sender;
    private readonly TaskCompletionSource<string> _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);

    internal UpstreamSession(McpServerConfig config, IUpstreamLink link, McpClient client, ActiveCalls calls, TimeProvider time)
    {
        (_config, _link, Client, _calls, _time) = (config, link, client, calls, time);
        _sender = new CallSender(client, time);
        _ = WatchAsync();
    }

    /// <summary>The SDK's client, for what is not a tool call.</summary>
    public McpClient Client { get; }

    /// <summary>The way to the server.</summary>
    public IUpstreamLink Link => _link;

    /// <summary>Ends with the reason once nothing more can be sent.</summary>
    public Task<string> Ended => _ended.Task;

    /// <summary>How many calls are waiting for an answer.</summary>
    public int ActiveCallCount => _calls.Count;

    /// <summary>Gives the session up: whoever waits for it learns the reason.</summary>
    public void Abandon(string reason) => _ended.TrySetResult(reason);

    /// <summary>Lists all tools, page by page.</summary>
    /// <exception cref="UpstreamException">The list has no end.</exception>
    public async Task<ToolListing> ListToolsAsync(CancellationToken cancellationToken)
    {
        if (Client.ServerCapabilities.Tools is null)
        {
            return ToolListing.Empty;
        }

        var definitions = new List<JsonElement>();
        var cursors = new HashSet<string>(StringComparer.Ordinal);
        string? cursor = null;
        do
        {
            // Raw, because the SDK refuses the whole list for one bad schema.
            var request = new JsonRpcRequest
            {
                Method = RequestMethods.ToolsList,
                Params = cursor is null ? new JsonObject() : new JsonObject { ["cursor"] = cursor },
            };
            JsonRpcResponse response = await UnlessEnded(Client.SendRequestAsync(request, cancellationToken)).ConfigureAwait(false);
            JsonElement page = ParseResult(response);
            if (page.ValueKind == JsonValueKind.Object && page.TryGetProperty("tools", out JsonElement tools) && tools.ValueKind == JsonValueKind.Array)
            {
                definitions.AddRange(tools.EnumerateArray());
            }

            cursor = page.ValueKind == JsonValueKind.Object && page.TryGetProperty("nextCursor", out JsonElement next) && next.ValueKind == JsonValueKind.String ? next.GetString() : null;
            if (definitions.Count > MaxTools || (cursor is not null && !cursors.Add(cursor)))
            {
                throw new UpstreamException("Its list of tools has no end", $"At most {MaxTools} tools are taken; the server must end its list.");
            }
        }
        while (cursor is not null);

        return ToolCompiler.Compile(_config.Id, definitions);
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
        JsonObject meta = context.Meta?.DeepClone().AsObject() ?? [];
        meta.Remove("progressToken"); // the client's own; ours replaces it
        if (context.Progress is not null)
        {
            meta["progressToken"] = registration.Token;
        }

        var request = new CallToolRequestParams
        {
            Name = call.Tool.Id.Name,
            Arguments = call.ParseArguments().EnumerateObject().ToDictionary(member => member.Name, member => member.Value, StringComparer.Ordinal),
            Meta = meta.Count == 0 ? null : meta,
        };
        using var timer = new CancellationTokenSource(_config.CallTimeout ?? Timeout.InfiniteTimeSpan, _time);
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, timer.Token);
        try
        {
            CallToolResult result = await UnlessEnded(_sender.SendAsync(request, registration.Token, limit.Token)).ConfigureAwait(false);
            return ContentMapper.ToResult(result);
        }
        catch (Exception error)
        {
            cancellationToken.ThrowIfCancellationRequested();
            return timer.IsCancellationRequested
                ? throw new ToolSourceException($"The tool '{call.Tool.Id}' did not answer within {_config.CallTimeout!.Value.TotalSeconds:0.#} s and was cancelled.", sent: true, error)
                : await CallFailure.ToResultAsync(_config, call, error, this).ConfigureAwait(false);
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

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        Abandon("it was closed");
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

    private static JsonElement ParseResult(JsonRpcResponse response)
    {
        using JsonDocument document = JsonDocument.Parse(response.Result?.ToJsonString() ?? "null");
        return document.RootElement.Clone();
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
