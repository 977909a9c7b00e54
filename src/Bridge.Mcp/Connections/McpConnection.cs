using Bridge.Mcp.Configuration;
using Bridge.Mcp.Credentials;
using Bridge.Tools;
using Microsoft.Extensions.Logging;
using ModelContextProtocol.Protocol;

namespace Bridge.Mcp.Connections;

/// <summary>A supervised connection: connects, follows changes, notices the end, and connects again until it is disposed.</summary>
internal sealed class McpConnection : IAsyncDisposable
{
    private readonly McpServerConfig _config;
    private readonly ConnectionOptions _options;
    private readonly TimeProvider _time;
    private readonly ILogger _logger;
    private readonly SessionOpener _opener;
    private readonly CredentialWatch _credential;
    private readonly CancellationTokenSource _stop = new();
    private readonly Lock _gate = new();
    private readonly SemaphoreSlim _wake = new(0, 1);
    private readonly SemaphoreSlim _relist = new(0, 1);
    private volatile ConnectionState _state = new(new SourceStatus(SourceState.Connecting), ToolListing.Empty, null, 0);
    private Task? _running;
    private long _lastUsed;
    private long _renewing;
    private bool _lacksCredential;

    public McpConnection(McpServerConfig config, string identity, ConnectionOptions options, ILoggerFactory loggers, TimeProvider time)
    {
        (_config, _options, _time) = (config, options, time);
        _logger = loggers.CreateLogger<McpConnection>();
        _opener = new SessionOpener(config, identity, options, loggers, time);
        _credential = new CredentialWatch(config, identity, options.Credentials, options.ReconnectWait, time);
        _lastUsed = time.GetTimestamp();
    }

    /// <summary>The status or the listing changed.</summary>
    public event Action? Changed;

    /// <summary>The server said something by itself. Never waits.</summary>
    public event Action<JsonRpcNotification>? Heard;

    /// <summary>What is known now.</summary>
    public ConnectionState State => _state;

    /// <summary>Nothing was asked of the connection for that long.</summary>
    public TimeSpan IdleTime => _state.Session?.ActiveCallCount > 0 ? TimeSpan.Zero : _time.GetElapsedTime(Interlocked.Read(ref _lastUsed));

    /// <summary>Begins to connect; calling it again does nothing.</summary>
    public void Start()
    {
        lock (_gate)
        {
            if (_running is null && !_stop.IsCancellationRequested)
            {
                _running = Task.Run(RunAsync);
            }
        }
    }

    /// <summary>Waits until the first attempt ended, well or not.</summary>
    public async Task<ConnectionState> SettleAsync(CancellationToken cancellationToken)
    {
        Start();
        ConnectionState state = _state;
        while (state.Status.State == SourceState.Connecting && state.Attempt <= 1)
        {
            await state.Next.Task.WaitAsync(cancellationToken).ConfigureAwait(false);
            state = _state;
        }

        return state;
    }

    /// <summary>The tools, listed again when the time of the list is over; one that takes long follows as a change.</summary>
    /// <param name="cancellationToken">Ends the wait.</param>
    public async Task<ToolListing> ListAsync(CancellationToken cancellationToken)
    {
        ConnectionState state = await SettleAsync(cancellationToken).ConfigureAwait(false);
        if (state is { Session: not null, Listing.Freshness: { } freshness } && freshness.IsOver(_time.GetUtcNow()))
        {
            long asked = Interlocked.CompareExchange(ref _renewing, _time.GetTimestamp(), 0);
            TimeSpan left = ListLifetime.Patience - (asked == 0 ? TimeSpan.Zero : _time.GetElapsedTime(asked));
            if (asked == 0)
            {
                _relist.Signal();
            }

            if (left > TimeSpan.Zero)
            {
                await Task.WhenAny(state.Next.Task, Task.Delay(left, _time, cancellationToken)).ConfigureAwait(false);
            }
        }

        return _state.Listing;
    }

    /// <summary>The live session; waits a while for one that is being connected.</summary>
    /// <exception cref="ToolSourceException">There is none.</exception>
    public ValueTask<UpstreamSession> AcquireAsync(CancellationToken cancellationToken)
    {
        Interlocked.Exchange(ref _lastUsed, _time.GetTimestamp());
        ConnectionState state = _state;
        return Live(state) is not { } session ? new(WaitAsync(state, cancellationToken))
            : _credential.IsDue ? new(CheckAsync(session, state, cancellationToken)) : new(session);
    }

    private async Task<UpstreamSession> CheckAsync(UpstreamSession session, ConnectionState state, CancellationToken cancellationToken)
    {
        await _credential.CheckAsync(session, cancellationToken).ConfigureAwait(false);
        return session.Ended.IsCompleted ? await WaitAsync(state, cancellationToken).ConfigureAwait(false) : session;
    }

    private static UpstreamSession? Live(ConnectionState state) =>
        state is { Status.State: SourceState.Ready, Session: { Ended.IsCompleted: false } session } ? session : null;

    private async Task<UpstreamSession> WaitAsync(ConnectionState state, CancellationToken cancellationToken)
    {
        Start();
        int attempt = state.Attempt;
        if (state.Status.State == SourceState.Failed)
        {
            _wake.Signal(); // somebody needs it: not the time to wait out the back-off
        }

        TimeSpan patience = attempt <= 1 ? _config.StartTimeout : _options.ReconnectWait;
        using var timer = new CancellationTokenSource(patience, _time);
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, timer.Token);
        while (true)
        {
            if (Live(state) is { } session)
            {
                return session;
            }

            if (_stop.IsCancellationRequested || (state.Status.State == SourceState.Failed && state.Attempt > attempt))
            {
                throw Unavailable(state);
            }

            try
            {
                await state.Next.Task.WaitAsync(limit.Token).ConfigureAwait(false);
            }
            catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
            {
                throw Unavailable(state);
            }

            state = _state;
        }
    }

    /// <summary>Runs a call; one that was not delivered because the session had ended is tried on the next session.</summary>
    /// <exception cref="ToolSourceException">The call was not delivered, or its answer was lost.</exception>
    public async Task<ToolResult> CallAsync(ToolCall call, CallContext context, CancellationToken cancellationToken)
    {
        UpstreamSession session = await AcquireAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            return await session.CallAsync(call, context, cancellationToken).ConfigureAwait(false);
        }
        catch (ToolSourceException error) when (!error.Sent && session.Ended.IsCompleted)
        {
            session = await AcquireAsync(cancellationToken).ConfigureAwait(false);
            return await session.CallAsync(call, context, cancellationToken).ConfigureAwait(false);
        }
        catch (ToolSourceException error) when (CallFailure.IsOutdated(error))
        {
            ConnectionState state = _state;
            _relist.Signal();
            await Task.WhenAny(state.Next.Task, Task.Delay(ListLifetime.Patience, _time, cancellationToken)).ConfigureAwait(false); // who repeats it finds the new definition
            throw;
        }
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        Task? running;
        lock (_gate)
        {
            running = _running;
            _stop.Cancel();
        }

        if (running is not null)
        {
            await running.ConfigureAwait(false);
        }
    }

    private async Task RunAsync()
    {
        var backoff = new Backoff(_options);
        while (!_stop.IsCancellationRequested)
        {
            bool lacked = _lacksCredential; // nothing changed for anybody then
            Publish(_state with { Status = new SourceStatus(SourceState.Connecting, _state.Status.Detail), Session = null, Attempt = _state.Attempt + 1 }, quiet: lacked);
            long started = _time.GetTimestamp();
            string? reason = await LiveAsync().ConfigureAwait(false);
            if (reason is null)
            {
                break;
            }

            if (_time.GetElapsedTime(started) >= _options.StableAfter)
            {
                backoff.Reset();
            }

            TimeSpan delay = backoff.Next();
            if (_lacksCredential)
            {
                ConnectionLog.NoCredential(_logger, _config.Id, reason); // nothing is wrong as long as the client asks for nothing, and then it is told
            }
            else
            {
                ConnectionLog.Unavailable(_logger, reason, (long)delay.TotalMilliseconds);
            }

            Publish(_state with { Status = new SourceStatus(SourceState.Failed, reason), Session = null }, quiet: lacked && _lacksCredential);
            await PauseAsync(delay).ConfigureAwait(false);
        }

        Publish(_state with { Status = new SourceStatus(SourceState.Disabled, $"The server '{_config.Id}' was stopped."), Session = null });
    }

    // One session from its beginning to its end; the result says why it ended, null that it was to end.
    private async Task<string?> LiveAsync()
    {
        _lacksCredential = false;
        UpstreamSession? session = null;
        try
        {
            session = await OpenAsync().ConfigureAwait(false);
            string reason = await ServeAsync(session).ConfigureAwait(false);
            ConnectionLog.Lost(_logger, _config.Id, reason);
            string said = session.Link.Diagnostics.Split('\n', StringSplitOptions.RemoveEmptyEntries).LastOrDefault() is { } line ? $" It said: {line}" : "";
            return $"The server '{_config.Id}' was lost: {reason}.{said}";
        }
        catch (OperationCanceledException) when (_stop.IsCancellationRequested)
        {
            return null;
        }
        catch (UpstreamException error)
        {
            _lacksCredential = error.InnerException is MissingCredentialException;
            return $"{error.Message} {error.Cure}";
        }
        finally
        {
            if (session is not null)
            {
                Interlocked.Exchange(ref _renewing, 0);
                Publish(_state with { Status = new SourceStatus(SourceState.Connecting), Session = null });
                await session.DisposeAsync().ConfigureAwait(false);
            }
        }
    }

    private async Task<UpstreamSession> OpenAsync()
    {
        using var timer = new CancellationTokenSource(_config.StartTimeout, _time);
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(_stop.Token, timer.Token);
        UpstreamSession? session = null;
        try
        {
            session = await _opener.OpenAsync(Hear, limit.Token).ConfigureAwait(false);
            ToolListing listing = await ListAsync(session, limit.Token).ConfigureAwait(false);
            Publish(_state with { Status = SourceStatus.Ready, Listing = listing, Session = session });
            ConnectionLog.Ready(_logger, _config.Id, listing.Tools.Length);
            return session;
        }
        catch (Exception error)
        {
            string diagnostics = session?.Link.Diagnostics ?? "";
            if (session is not null)
            {
                await session.DisposeAsync().ConfigureAwait(false);
            }

            _stop.Token.ThrowIfCancellationRequested();
            throw timer.IsCancellationRequested && error is not UpstreamException
                ? ConnectionFailure.Late(session?.Config ?? _config, session is null ? "initialize" : "tools/list", diagnostics)
                : error is UpstreamException && session is null ? error : ConnectionFailure.Describe(session?.Config ?? _config, error, diagnostics);
        }
    }

    private async Task<string> ServeAsync(UpstreamSession session)
    {
        while (true)
        {
            using var round = CancellationTokenSource.CreateLinkedTokenSource(_stop.Token);
            Task changed = _relist.WaitAsync(round.Token);
            Task first = await Task.WhenAny(session.Ended, changed).ConfigureAwait(false);
            if (first != changed)
            {
                await round.CancelAsync().ConfigureAwait(false);
                return await session.Ended.ConfigureAwait(false);
            }

            await changed.ConfigureAwait(false);
            await ListAgainAsync(session).ConfigureAwait(false);
        }
    }

    private async Task ListAgainAsync(UpstreamSession session)
    {
        try
        {
            using var timer = new CancellationTokenSource(_config.StartTimeout, _time);
            using var limit = CancellationTokenSource.CreateLinkedTokenSource(_stop.Token, timer.Token);
            ToolListing listing = await ListAsync(session, limit.Token).ConfigureAwait(false);
            if (IsSame(listing, _state.Listing))
            {
                Publish(_state with { Listing = _state.Listing with { Freshness = listing.Freshness } }, quiet: true);
                return;
            }

            Publish(_state with { Listing = listing });
            ConnectionLog.ToolsChanged(_logger, _config.Id, listing.Tools.Length);
        }
        catch (Exception error) when (!_stop.IsCancellationRequested)
        {
            ConnectionLog.ListFailed(_logger, _config.Id, error.Message);
            if (_state.Listing.Freshness is { } freshness)
            {
                Publish(_state with { Listing = _state.Listing with { Freshness = freshness with { RenewAt = _time.GetUtcNow() + ListLifetime.Least } } }, quiet: true);
            }
        }
        finally
        {
            Interlocked.Exchange(ref _renewing, 0);
        }
    }

    private static bool IsSame(ToolListing one, ToolListing other) =>
        one.Quarantined.SequenceEqual(other.Quarantined)
        && one.Tools.Length == other.Tools.Length
        && one.Tools.Zip(other.Tools).All(pair => pair.First.Definition?.GetRawText() == pair.Second.Definition?.GetRawText());

    private async Task<ToolListing> ListAsync(UpstreamSession session, CancellationToken cancellationToken)
    {
        ToolListing listing = await session.ListToolsAsync(cancellationToken).ConfigureAwait(false);
        foreach (QuarantinedTool tool in listing.Quarantined)
        {
            ConnectionLog.Quarantined(_logger, tool.Id.ToString(), tool.Reason);
        }

        return listing;
    }

    private async Task PauseAsync(TimeSpan delay)
    {
        using var woken = CancellationTokenSource.CreateLinkedTokenSource(_stop.Token);
        await Task.WhenAny(_wake.WaitAsync(woken.Token), Task.Delay(delay, _time, woken.Token)).ConfigureAwait(false);
        await woken.CancelAsync().ConfigureAwait(false);
    }

    private void Publish(ConnectionState next, bool quiet = false)
    {
        ConnectionState old = _state;
        _state = new ConnectionState(next.Status, next.Listing, next.Session, next.Attempt); // with a signal of its own
        old.Next.TrySetResult();
        if (!quiet)
        {
            Changed?.Invoke();
        }
    }

    private ToolSourceException Unavailable(ConnectionState state) =>
        new(state.Status.Detail ?? $"The server '{_config.Id}' is still being connected.", sent: false);

    private void Hear(JsonRpcNotification notification)
    {
        if (notification.Method == NotificationMethods.ToolListChangedNotification)
        {
            _relist.Signal();
        }

        _state.Session?.Features.Forget(notification.Method);
        Heard?.Invoke(notification);
    }
}
