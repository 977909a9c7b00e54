using System.Collections.Immutable;
using Bridge.Catalog;
using Bridge.Configuration;
using Bridge.Mcp.Configuration;
using Bridge.Mcp.Connections;
using Bridge.Mcp.Credentials;
using Bridge.Mcp.SignIn;
using Bridge.Tools;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using ModelContextProtocol.Protocol;

namespace Bridge.Mcp.Sources;

/// <summary>All configured MCP servers: connects them in parallel, follows their file, and stops them.</summary>
/// <remarks>Works as a hosted service, or starts by itself when first waited for. Thread-safe.</remarks>
public sealed class McpServers : IToolSourceProvider, IHostedService, IAsyncDisposable
{
    private readonly McpServersOptions _options;
    private readonly ConnectionOptions _connections;
    private readonly TimeProvider _time;
    private readonly ILoggerFactory _loggers;
    private readonly ILogger _logger;
    private readonly SemaphoreSlim _changing = new(1, 1);
    private readonly Lock _gate = new();
    private ImmutableArray<McpToolSource> _sources = [];
    private ConfigFileMonitor? _monitor;
    private Task? _started;
    private Task _reloading = Task.CompletedTask;
    private bool _stopped;

    /// <summary>Prepares the servers; nothing is started yet.</summary>
    /// <param name="options">Which servers there are.</param>
    /// <param name="time">The clock.</param>
    /// <param name="loggers">Where to log.</param>
    /// <param name="logins">The logins at servers; <see langword="null"/> for none.</param>
    /// <param name="credentials">The credentials of single clients; <see langword="null"/> for none.</param>
    public McpServers(IOptions<McpServersOptions> options, TimeProvider time, ILoggerFactory loggers, UpstreamLogins? logins = null, ClientCredentials? credentials = null)
        : this(options?.Value ?? throw new ArgumentNullException(nameof(options)), new ConnectionOptions { Logins = logins, Credentials = credentials }, time, loggers)
    {
    }

    internal McpServers(McpServersOptions options, ConnectionOptions connections, TimeProvider time, ILoggerFactory loggers)
    {
        (_options, _connections, _time, _loggers) = (options, connections, time, loggers);
        _logger = loggers.CreateLogger<McpServers>();
    }

    /// <inheritdoc/>
    public event Action? Changed;

    /// <summary>A server said something by itself, on the connection of this identity (by id). Never waits.</summary>
    internal event Action<McpToolSource, string, JsonRpcNotification>? Heard;

    /// <inheritdoc/>
    public ImmutableArray<IToolSource> Sources => [.. Servers];

    /// <summary>The servers, in configured order.</summary>
    public ImmutableArray<McpToolSource> Servers
    {
        get
        {
            lock (_gate)
            {
                return _sources;
            }
        }
    }

    /// <summary>What keeps the file of servers as it is now from being used; the servers are then those of its last good state.</summary>
    public ImmutableArray<ConfigProblem> Problems { get; private set; } = [];

    /// <summary>Finds a server.</summary>
    /// <param name="id">Its id.</param>
    /// <returns>The server; <see langword="null"/> when there is none.</returns>
    public McpToolSource? Find(string id) => Servers.FirstOrDefault(server => server.Id == id);

    /// <summary>Reads the configuration and begins to connect; calling it again does nothing.</summary>
    /// <param name="cancellationToken">Not used: nothing is waited for.</param>
    /// <returns>When every server is on its way.</returns>
    public Task StartAsync(CancellationToken cancellationToken)
    {
        lock (_gate)
        {
            return _started ??= BeginAsync();
        }
    }

    /// <summary>Stops every server and what it started.</summary>
    /// <param name="cancellationToken">Not used: a server that does not end is killed within seconds.</param>
    /// <returns>When all have stopped.</returns>
    public async Task StopAsync(CancellationToken cancellationToken)
    {
        Task reloading;
        lock (_gate)
        {
            _stopped = true;
            _monitor?.Dispose();
            reloading = _reloading;
        }

        await reloading.ConfigureAwait(false);
        await Task.WhenAll(Servers.Select(server => server.DisposeAsync().AsTask())).ConfigureAwait(false);
    }

    /// <inheritdoc/>
    public async Task WaitUntilSettledAsync(CancellationToken cancellationToken)
    {
        await StartAsync(cancellationToken).WaitAsync(cancellationToken).ConfigureAwait(false);
        await Task.WhenAll(Servers.Select(server => server.SettleAsync(cancellationToken))).ConfigureAwait(false);
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await StopAsync(CancellationToken.None).ConfigureAwait(false);
        _changing.Dispose();
    }

    private async Task BeginAsync()
    {
        string? text = null;
        McpServerFile? file = null;
        if (_options.File is { } path)
        {
            ConfigFileContent content = ConfigFile.Read(path);
            text = content.Problems.Any(problem => problem.Code == "file-not-found") ? null : content.Text;
            file = McpServerFile.Read(content, _options.CreateVariables());
            _monitor = new ConfigFileMonitor(path, _time);
            _monitor.Changed += QueueReload;
        }

        await ApplyAsync(file).ConfigureAwait(false);
        lock (_gate)
        {
            if (!_stopped)
            {
                _monitor?.Start(text);
            }
        }
    }

    private void QueueReload(string? text)
    {
        lock (_gate)
        {
            if (!_stopped)
            {
                _reloading = ReloadAsync(_reloading, text);
            }
        }
    }

    private async Task ReloadAsync(Task before, string? text)
    {
        await before.ConfigureAwait(false);
        await Task.Yield();
        string path = _options.File!;
        McpServerFile file = text is null ? McpServerFile.Load(path, _options.CreateVariables()) : McpServerFile.Parse(path, text, _options.CreateVariables());
        await ApplyAsync(file).ConfigureAwait(false);
    }

    private async Task ApplyAsync(McpServerFile? file)
    {
        await _changing.WaitAsync().ConfigureAwait(false);
        try
        {
            if (file is { Problems.IsEmpty: false })
            {
                Problems = file.Problems;
                ServersLog.BadFile(_logger, file.Path, string.Join(' ', file.Problems));
                if (Servers.IsEmpty)
                {
                    await ReplaceAsync([.. _options.Servers]).ConfigureAwait(false);
                }

                return;
            }

            Problems = [];
            foreach (ConfigProblem problem in file?.Servers.SelectMany(server => server.Errors.Concat(server.Warnings)) ?? [])
            {
                ServersLog.BadServer(_logger, problem);
            }

            await ReplaceAsync(Merge(file)).ConfigureAwait(false);
        }
        finally
        {
            _changing.Release();
        }
    }

    private ImmutableArray<McpServerConfig> Merge(McpServerFile? file)
    {
        ImmutableArray<McpServerConfig> ofFile = file?.Servers ?? [];
        return [.. _options.Servers.Where(given => ofFile.All(written => written.Id != given.Id)), .. ofFile];
    }

    private McpToolSource Create(McpServerConfig config)
    {
        var source = new McpToolSource(config, _connections, _loggers, _time);
        source.Heard += (from, identity, notification) => Heard?.Invoke(from, identity, notification);
        return source;
    }

    // Servers whose entry did not change keep their process and their sessions.
    private async Task ReplaceAsync(ImmutableArray<McpServerConfig> configs)
    {
        ImmutableArray<McpToolSource> before = Servers;
        ImmutableArray<McpToolSource> after =
        [
            .. configs.Select(config => before.FirstOrDefault(source => source.Config.IsSameServer(config))
                ?? Create(config)),
        ];
        lock (_gate)
        {
            if (_stopped)
            {
                return;
            }

            _sources = after;
        }

        McpToolSource[] gone = [.. before.Except(after)];
        await Task.WhenAll(gone.Select(source => source.DisposeAsync().AsTask())).ConfigureAwait(false);
        foreach (McpToolSource source in after.Except(before))
        {
            source.Start();
        }

        if (!before.SequenceEqual(after))
        {
            ServersLog.Applied(_logger, after.Length, gone.Length);
            Changed?.Invoke();
        }
    }
}
