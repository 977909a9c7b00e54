using Bridge.Mcp.Configuration;
using Bridge.Tools;
using Microsoft.Extensions.Logging;
using ModelContextProtocol.Protocol;

namespace Bridge.Mcp.Connections;

/// <summary>The connections of one server: one for all, or one for each identity, the idle ones closed.</summary>
internal sealed class ConnectionPool : IAsyncDisposable
{
    private readonly McpServerConfig _config;
    private readonly ConnectionOptions _options;
    private readonly ILoggerFactory _loggers;
    private readonly TimeProvider _time;
    private readonly Dictionary<string, McpConnection> _connections = new(StringComparer.Ordinal);
    private readonly Lock _gate = new();
    private readonly ITimer _sweeper;
    private Task _closing = Task.CompletedTask;
    private bool _disposed;

    public ConnectionPool(McpServerConfig config, ConnectionOptions options, ILoggerFactory loggers, TimeProvider time)
    {
        (_config, _options, _loggers, _time) = (config, options, loggers, time);
        TimeSpan period = options.IdleTimeout / 4;
        _sweeper = time.CreateTimer(static state => ((ConnectionPool)state!).CloseIdle(), this, period, period);
    }

    /// <summary>The listing or the status of a connection changed.</summary>
    public event Action? Changed;

    /// <summary>A server said something by itself, on the connection of this identity (by id). Never waits.</summary>
    public event Action<string, JsonRpcNotification>? Heard;

    /// <summary>How many connections there are.</summary>
    public int Count
    {
        get
        {
            lock (_gate)
            {
                return _connections.Count;
            }
        }
    }

    /// <summary>The connection of an identity; it is made at the first question and connects when it is used.</summary>
    /// <exception cref="ToolSourceException">The server was removed.</exception>
    public McpConnection For(ClientIdentity identity)
    {
        string key = _config.EffectiveScope == SourceScope.Shared ? ClientIdentity.Local.Id : identity.Id;
        lock (_gate)
        {
            if (!_connections.TryGetValue(key, out McpConnection? connection))
            {
                if (_disposed)
                {
                    throw new ToolSourceException($"The server '{_config.Id}' was stopped or removed.", sent: false);
                }

                connection = new McpConnection(_config, key, _options, _loggers, _time);
                connection.Changed += () => Changed?.Invoke();
                connection.Heard += notification => Heard?.Invoke(key, notification);
                _connections.Add(key, connection);
            }

            return connection;
        }
    }

    /// <summary>The connection of an identity, if it was asked for already.</summary>
    public McpConnection? Find(ClientIdentity identity)
    {
        lock (_gate)
        {
            return _connections.GetValueOrDefault(_config.EffectiveScope == SourceScope.Shared ? ClientIdentity.Local.Id : identity.Id);
        }
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        McpConnection[] connections;
        Task closing;
        lock (_gate)
        {
            _disposed = true;
            connections = [.. _connections.Values]; // they stay reachable: who asks is told that they stopped
            closing = _closing;
        }

        await _sweeper.DisposeAsync().ConfigureAwait(false);
        await Task.WhenAll(connections.Select(connection => connection.DisposeAsync().AsTask()).Append(closing)).ConfigureAwait(false);
    }

    private void CloseIdle()
    {
        lock (_gate)
        {
            // The local user's connection is what the status shows: it stays.
            string[] idle =
            [
                .. _connections
                    .Where(pair => pair.Key != ClientIdentity.Local.Id && pair.Value.IdleTime >= _options.IdleTimeout)
                    .Select(pair => pair.Key),
            ];
            foreach (string key in idle)
            {
                if (_connections.Remove(key, out McpConnection? connection))
                {
                    _closing = Task.WhenAll(_closing, connection.DisposeAsync().AsTask());
                }
            }
        }
    }
}
