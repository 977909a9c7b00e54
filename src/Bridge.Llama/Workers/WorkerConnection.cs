using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using System.Threading.Channels;
using Bridge.Calling;
using Bridge.Llama.Inference;
using Bridge.Outcomes;
using Microsoft.Extensions.Logging;

namespace Bridge.Llama.Workers;

/// <summary>The host's side of one worker process: questions go in, replies come out, and every question ends, whatever becomes of the process. Thread-safe.</summary>
internal sealed class WorkerConnection : IDisposable
{
    private readonly string _model;
    private readonly WorkerProcess _process;
    private readonly WorkerLines _lines;
    private readonly Action<string> _died;
    private readonly WorkerWatch _watch;
    private readonly ConcurrentDictionary<long, Channel<WorkerReply>> _open = new();
    private readonly TaskCompletionSource<string> _over = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private volatile bool _stopping;
    private int _ended;
    private int _disposed;
    private long _last;

    private WorkerConnection(string model, WorkerProcess process, TimeSpan patience, TimeProvider time, ILogger logger, Action<string> died)
    {
        _model = model;
        _process = process;
        _died = died;
        _lines = new WorkerLines(process.Output, process.Input) { Strayed = line => WorkerLog.StandardError(logger, model, line) };
        _watch = new WorkerWatch(patience, time, Hung);
    }

    /// <summary>The process's id.</summary>
    public int ProcessId => _process.Id;

    /// <summary>Whether the process has ended.</summary>
    public bool IsOver => _over.Task.IsCompleted;

    /// <summary>How many questions the worker has.</summary>
    public int InFlight => _watch.Unanswered;

    /// <summary>Starts a worker and waits until it has loaded its model.</summary>
    /// <param name="executable">The program.</param>
    /// <param name="load">What to load.</param>
    /// <param name="time">The clock.</param>
    /// <param name="logger">The log.</param>
    /// <param name="died">Called once when the process ends unasked, before any question fails; takes how it ended.</param>
    /// <param name="cancellationToken">Ends the process while it loads.</param>
    /// <exception cref="LlamaException">The model cannot be loaded, or the process cannot be started.</exception>
    /// <exception cref="ToolCallerException">The process ended.</exception>
    public static async Task<WorkerConnection> StartAsync(
        string executable, WorkerRequest.Load load, TimeProvider time, ILogger logger, Action<string> died, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var connection = new WorkerConnection(
            load.Model, WorkerProcess.Start(executable, load.Model, logger), load.Options.WorkerPatience, time, logger, died);
        using CancellationTokenRegistration abandoned = cancellationToken.Register(connection.End);
        try
        {
            // The answer to the loading is that to question 0.
            var loading = Channel.CreateUnbounded<WorkerReply>();
            connection._open[0] = loading;
            _ = Task.Run(connection.ReadAsync, CancellationToken.None);
            await connection.SendAsync(load, CancellationToken.None).ConfigureAwait(false);
            WorkerReply reply = await NextAsync(loading.Reader, CancellationToken.None).ConfigureAwait(false);
            return reply is WorkerReply.Refused refused ? throw new LlamaException(refused.Fault, refused.Message) : connection;
        }
        catch
        {
            connection.Dispose();
            throw;
        }
    }

    /// <summary>Asks a question.</summary>
    /// <param name="question">Makes the question of its number.</param>
    /// <param name="cancellationToken">Ends the waiting; the worker is told.</param>
    /// <returns>The replies.</returns>
    /// <exception cref="ToolCallerException">The question failed, or the process ended.</exception>
    public async IAsyncEnumerable<WorkerReply> AskAsync(Func<long, WorkerRequest> question, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        long id = Interlocked.Increment(ref _last);
        Channel<WorkerReply> replies = Channel.CreateUnbounded<WorkerReply>(); // an answer has an end: the profile's tokens
        _open[id] = replies;
        bool ended = false;
        try
        {
            if (IsOver)
            {
                throw Death(await _over.Task.ConfigureAwait(false));
            }

            await SendAsync(question(id), cancellationToken).ConfigureAwait(false);
            while (!ended)
            {
                WorkerReply reply = await NextAsync(replies.Reader, cancellationToken).ConfigureAwait(false);
                ended = reply is not WorkerReply.Piece;
                if (reply is WorkerReply.Failed failed)
                {
                    throw new ToolCallerException(failed.Kind, failed.Message) { IsTransient = failed.IsTransient, RetryAfter = failed.RetryAfter };
                }

                yield return reply;
            }
        }
        finally
        {
            _open.TryRemove(id, out _);
            if (!ended && !IsOver)
            {
                _ = SendAsync(new WorkerRequest.Cancel(id), CancellationToken.None).ContinueWith(
                    static sent => _ = sent.Exception, CancellationToken.None, TaskContinuationOptions.OnlyOnFaulted, TaskScheduler.Default);
            }
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        if (Interlocked.Exchange(ref _disposed, 1) == 0)
        {
            _watch.Dispose();
            End();
            _over.Task.Wait(TimeSpan.FromSeconds(10));
            _process.Dispose();
            _lines.Dispose();
        }
    }

    private static ToolCallerException Death(string message) => new(ReasonKind.CallerUnavailable, message) { IsTransient = true };

    private static async Task<WorkerReply> NextAsync(ChannelReader<WorkerReply> replies, CancellationToken cancellationToken)
    {
        try
        {
            return await replies.ReadAsync(cancellationToken).ConfigureAwait(false);
        }
        catch (ChannelClosedException closed) when (closed.InnerException is ToolCallerException death)
        {
            throw death;
        }
    }

    private void End()
    {
        _stopping = true;
        _process.Kill();
    }

    private async Task SendAsync(WorkerRequest request, CancellationToken cancellationToken)
    {
        if (request is not WorkerRequest.Cancel)
        {
            _watch.Asked(request.Id);
        }

        try
        {
            // A line is written whole, also when nobody waits for it any more.
            await _lines.WriteAsync(request, WorkerJson.Default.WorkerRequest).WaitAsync(cancellationToken).ConfigureAwait(false);
        }
        catch (Exception error) when (error is IOException or ObjectDisposedException)
        {
            throw Death(await _over.Task.WaitAsync(cancellationToken).ConfigureAwait(false));
        }
    }

    private async Task ReadAsync()
    {
        string fault = "";
        try
        {
            await foreach (WorkerReply reply in _lines.ReadAsync(WorkerJson.Default.WorkerReply).ConfigureAwait(false))
            {
                _watch.Heard(reply);
                if (reply is not WorkerReply.Alive && _open.TryGetValue(reply.Id, out Channel<WorkerReply>? replies))
                {
                    replies.Writer.TryWrite(reply);
                }
            }
        }
        catch (Exception error) when (error is IOException or ObjectDisposedException or InvalidDataException or OperationCanceledException)
        {
            fault = error is InvalidDataException ? $": {error.Message}" : "";
            _process.Kill();
        }

        Over(await _process.WaitAsync().ConfigureAwait(false) + fault);
    }

    private void Hung(string end)
    {
        _process.Kill();
        Over(end); // a process that waits for a broken device is not there yet when it is killed
    }

    private void Over(string end)
    {
        if (Interlocked.Exchange(ref _ended, 1) != 0)
        {
            return;
        }

        _watch.Dispose();
        if (!_stopping)
        {
            _died(end);
        }

        string message = _stopping
            ? $"'{_model}' was unloaded."
            : $"The worker process of '{_model}' {end}. The prompts it had are not answered; the next one starts it again.";
        _over.TrySetResult(message);
        foreach (Channel<WorkerReply> replies in _open.Values)
        {
            replies.Writer.TryComplete(Death(message));
        }
    }
}
