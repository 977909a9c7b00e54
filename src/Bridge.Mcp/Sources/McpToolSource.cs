using Bridge.Mcp.Configuration;
using Bridge.Mcp.Connections;
using Bridge.Tools;
using Microsoft.Extensions.Logging;
using ModelContextProtocol.Protocol;

namespace Bridge.Mcp.Sources;

/// <summary>One configured MCP server as a source of tools.</summary>
public sealed class McpToolSource : IToolSource
{
    private readonly ConnectionPool? _pool;
    private readonly SourceStatus? _fixedStatus;

    internal McpToolSource(McpServerConfig config, ConnectionOptions options, ILoggerFactory loggers, TimeProvider time)
    {
        Config = config;
        _fixedStatus = config.Disabled
            ? new SourceStatus(SourceState.Disabled, $"The server '{config.Id}' is switched off: remove \"disabled\": true to use it.")
            : config.Errors is [var first, ..] ? new SourceStatus(SourceState.Disabled, first.ToString()) : null;
        if (_fixedStatus is null)
        {
            _pool = new ConnectionPool(config, options, loggers, time);
            _pool.Changed += () => Changed?.Invoke();
            _pool.Heard += (identity, notification) => Heard?.Invoke(this, identity, notification);
        }
    }

    /// <inheritdoc/>
    public event Action? Changed;

    /// <summary>The server said something by itself, on the connection of this identity (by id; the local user's where all share one). Never waits.</summary>
    internal event Action<McpToolSource, string, JsonRpcNotification>? Heard;

    /// <summary>What the user wrote.</summary>
    public McpServerConfig Config { get; }

    /// <inheritdoc/>
    public string Id => Config.Id;

    /// <inheritdoc/>
    public SourceScope Scope => Config.EffectiveScope;

    /// <inheritdoc/>
    public SourceStatus Status => _fixedStatus ?? _pool!.For(ClientIdentity.Local).State.Status;

    /// <inheritdoc/>
    public SourceStatus StatusOf(ClientIdentity identity)
    {
        ArgumentNullException.ThrowIfNull(identity);
        return _pool?.Find(identity)?.State.Status ?? Status;
    }

    /// <inheritdoc/>
    public async Task<ToolListing> ListAsync(CallContext context, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(context);
        return _pool is null ? ToolListing.Empty : await _pool.For(context.Identity).ListAsync(cancellationToken).ConfigureAwait(false);
    }

    /// <inheritdoc/>
    public Task<ToolResult> CallAsync(ToolCall call, CallContext context, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(call);
        ArgumentNullException.ThrowIfNull(context);
        return Pool().For(context.Identity).CallAsync(call, context, cancellationToken);
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => _pool?.DisposeAsync() ?? ValueTask.CompletedTask;

    /// <summary>Begins to connect on behalf of the local user.</summary>
    internal void Start() => _pool?.For(ClientIdentity.Local).Start();

    /// <summary>Waits until the first attempt of the local user ended, well or not.</summary>
    internal Task SettleAsync(CancellationToken cancellationToken) =>
        _pool?.For(ClientIdentity.Local).SettleAsync(cancellationToken) ?? Task.CompletedTask;

    /// <summary>The live session of an identity, for prompts and resources.</summary>
    /// <exception cref="ToolSourceException">There is none.</exception>
    internal ValueTask<UpstreamSession> AcquireAsync(ClientIdentity identity, CancellationToken cancellationToken) =>
        Pool().For(identity).AcquireAsync(cancellationToken);

    /// <summary>The id of the identity whose connection an identity uses: the local user's where all share one.</summary>
    internal string ConnectionOf(ClientIdentity identity) => Scope == SourceScope.Shared ? ClientIdentity.Local.Id : identity.Id;

    /// <summary>The live session of an identity, once its first attempt to connect has ended.</summary>
    /// <returns><see langword="null"/> when there is none now.</returns>
    internal async Task<UpstreamSession?> FindAsync(ClientIdentity identity, CancellationToken cancellationToken)
    {
        ConnectionState? state = _pool is null ? null : await _pool.For(identity).SettleAsync(cancellationToken).ConfigureAwait(false);
        return state?.Session;
    }

    private ConnectionPool Pool() => _pool ?? throw new ToolSourceException(_fixedStatus!.Detail!, sent: false);
}
