using Bridge.Mcp.Configuration;
using Bridge.Mcp.Connections;
using Bridge.Tools;
using Microsoft.Extensions.Logging;

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
        }
    }

    /// <inheritdoc/>
    public event Action? Changed;

    /// <summary>What the user wrote.</summary>
    public McpServerConfig Config { get; }

    /// <inheritdoc/>
    public string Id => Config.Id;

    /// <inheritdoc/>
    public SourceScope Scope => Config.EffectiveScope;

    /// <inheritdoc/>
    public SourceStatus Status => _fixedStatus ?? _pool!.For(ClientIdentity.Local).State.Status;

    /// <inheritdoc/>
    public async Task<ToolListing> ListAsync(CallContext context, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(context);
        return _pool is null ? ToolListing.Empty : (await _pool.For(context.Identity).SettleAsync(cancellationToken).ConfigureAwait(false)).Listing;
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
    internal Task<UpstreamSession> AcquireAsync(ClientIdentity identity, CancellationToken cancellationToken) =>
        Pool().For(identity).AcquireAsync(cancellationToken);

    private ConnectionPool Pool() => _pool ?? throw new ToolSourceException(_fixedStatus!.Detail!, sent: false);
}
