using Bridge.Calling;
using Bridge.Llama.Inference;
using Microsoft.Extensions.Logging;

namespace Bridge.Llama.Workers;

/// <summary>The worker of one file: started when first asked, stopped when nobody has asked for a while, started again after it died. Thread-safe.</summary>
/// <param name="start">Starts the process; it is told whom to tell of its death.</param>
/// <param name="model">The model's name.</param>
/// <param name="crashes">How often it died.</param>
/// <param name="patience">How long it stays without a user.</param>
/// <param name="time">The clock.</param>
/// <param name="logger">The log.</param>
internal sealed class ModelWorker(
    WorkerStart start, string model, CrashRecord crashes, Func<TimeSpan> patience, TimeProvider time, ILogger logger) : IDisposable
{
    private readonly Lock _lock = new();
    private Task<WorkerConnection>? _connection;
    private CancellationTokenSource _starting = new();
    private ITimer? _idle;
    private int _users;
    private bool _retired;

    /// <summary>Whether its process has the model.</summary>
    public LoadState State
    {
        get
        {
            lock (_lock)
            {
                return _connection is null || IsSpent(_connection) ? LoadState.Unloaded
                    : _connection.IsCompleted ? LoadState.Loaded
                    : LoadState.Loading;
            }
        }
    }

    /// <summary>Takes the worker into use; starts it where it does not run.</summary>
    /// <param name="cancellationToken">Ends the waiting; the start goes on.</param>
    /// <returns>The lease, to be disposed of after use.</returns>
    /// <exception cref="LlamaException">The model cannot be loaded, or its worker died too often.</exception>
    /// <exception cref="ToolCallerException">The worker died while it loaded the model.</exception>
    public async Task<WorkerLease> UseAsync(CancellationToken cancellationToken)
    {
        Task<WorkerConnection> connecting = Enter();
        try
        {
            return new WorkerLease(await connecting.WaitAsync(cancellationToken).ConfigureAwait(false), Answered, Leave);
        }
        catch
        {
            Leave();
            throw;
        }
    }

    /// <summary>Ends the process as soon as nobody uses it.</summary>
    public void Retire()
    {
        lock (_lock)
        {
            _retired = true;
            if (_users > 0)
            {
                return;
            }
        }

        Stop();
    }

    /// <summary>Ends the process at once; what it had in flight fails.</summary>
    public void Dispose()
    {
        lock (_lock)
        {
            _retired = true;
        }

        Stop();
    }

    private bool Stop()
    {
        Task<WorkerConnection>? stopped;
        lock (_lock)
        {
            (stopped, _connection) = (_connection, null);
            _starting.Cancel();
            _starting.Dispose();
            _starting = new CancellationTokenSource();
            _idle?.Dispose();
            _idle = null;
        }

        stopped?.ContinueWith(
            static connection => connection.Result.Dispose(), CancellationToken.None,
            TaskContinuationOptions.OnlyOnRanToCompletion | TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);
        return stopped is not null && !IsSpent(stopped);
    }

    private static bool IsSpent(Task<WorkerConnection> connection) =>
        connection.IsCompleted && (!connection.IsCompletedSuccessfully || connection.Result.IsOver);

    private Task<WorkerConnection> Enter()
    {
        lock (_lock)
        {
            if (_connection is null || IsSpent(_connection))
            {
                crashes.Check();
                Task<WorkerConnection>? before = _connection;
                TimeSpan wait = crashes.Wait;
                CancellationToken stopped = _starting.Token;
                _connection = Task.Run(() => StartAsync(before, wait, stopped));
            }

            _users++;
            _idle?.Dispose();
            _idle = null;
            return _connection;
        }
    }

    private async Task<WorkerConnection> StartAsync(Task<WorkerConnection>? before, TimeSpan wait, CancellationToken cancellationToken)
    {
        if (before is { IsCompletedSuccessfully: true })
        {
            (await before.ConfigureAwait(false)).Dispose();
        }

        if (wait > TimeSpan.Zero)
        {
            await Task.Delay(wait, time, cancellationToken).ConfigureAwait(false);
        }

        return await start(Died, cancellationToken).ConfigureAwait(false);
    }

    private void Died(string end)
    {
        lock (_lock)
        {
            crashes.Died(end);
        }

        WorkerLog.Died(logger, $"The worker process of '{model}' {end}.");
    }

    private void Answered()
    {
        lock (_lock)
        {
            crashes.Answered();
        }
    }

    private void Leave()
    {
        lock (_lock)
        {
            if (--_users > 0)
            {
                return;
            }

            if (!_retired)
            {
                _idle = time.CreateTimer(_ => StopIdle(), null, patience(), Timeout.InfiniteTimeSpan);
                return;
            }
        }

        Stop();
    }

    private void StopIdle()
    {
        lock (_lock)
        {
            if (_users > 0)
            {
                return;
            }
        }

        if (Stop())
        {
            WorkerLog.Idle(logger, model);
        }
    }
}

/// <summary>Starts a worker and waits until it is ready.</summary>
/// <param name="died">Called when it dies; takes how.</param>
/// <param name="cancellationToken">Ends the process while it loads.</param>
internal delegate Task<WorkerConnection> WorkerStart(Action<string> died, CancellationToken cancellationToken);
