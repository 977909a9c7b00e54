using System.Collections.Concurrent;
using System.Security.Cryptography;
using Bridge.Mcp.Gateway;
using Bridge.Mcp.Listing;
using Bridge.Tools;
using ModelContextProtocol.Protocol;

namespace Bridge.Mcp.Tasks;

/// <summary>A call of a client that goes on after its request was answered. Its way through the door is that of every call; only the client does not wait. Thread-safe.</summary>
internal sealed class GatewayTask : ITaskFollower, IDisposable
{
    private static readonly TimeSpan s_interval = TimeSpan.FromMilliseconds(500);

    private readonly GatewayRequest _request;
    private readonly TimeProvider _time;
    private readonly CancellationTokenSource _stop = new();
    private readonly TaskCompletionSource _began = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly ConcurrentDictionary<GatewaySession, TaskForm> _watchers = new();
    private volatile TaskCompletionSource _asked = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private volatile string? _message;
    private volatile bool _cancelled;

    /// <summary>Makes a task of a request; it is begun later.</summary>
    /// <param name="request">The request.</param>
    /// <param name="number">Where it stands among all tasks.</param>
    /// <param name="ttl">How long it lasts, and its result is kept.</param>
    /// <param name="time">The clock.</param>
    public GatewayTask(GatewayRequest request, long number, TimeSpan ttl, TimeProvider time)
    {
        (_request, Number, Limit, _time) = (request, number, ttl, time);
        Questions = new OpenQuestions(Raise, Change);
        UpdatedAt = CreatedAt = time.GetUtcNow();
    }

    /// <summary>Its id: random, and not to be guessed.</summary>
    public string Id { get; } = RandomNumberGenerator.GetHexString(32, lowercase: true);

    /// <summary>Where it stands among all tasks; later ones have larger numbers.</summary>
    public long Number { get; }

    /// <summary>What its client sees.</summary>
    public GatewayView View => _request.Session.View;

    /// <inheritdoc/>
    public TimeSpan Limit { get; }

    /// <summary>How often the client may ask.</summary>
    public TimeSpan Interval { get; private set; } = s_interval;

    /// <summary>When it was made.</summary>
    public DateTimeOffset CreatedAt { get; }

    /// <summary>When it last changed.</summary>
    public DateTimeOffset UpdatedAt { get; private set; }

    /// <summary>What its server says of it; <see langword="null"/> for nothing.</summary>
    public string? Message => _message;

    /// <summary>What the server asks.</summary>
    public OpenQuestions Questions { get; }

    /// <summary>Ends when there is a question that nobody has taken.</summary>
    public Task Asked => _asked.Task;

    /// <summary>Ends when the source took the call as a task.</summary>
    public Task Began => _began.Task;

    /// <summary>Ends with what the call would have answered.</summary>
    public Task<JsonRpcMessage> Running { get; private set; } = new TaskCompletionSource<JsonRpcMessage>().Task;

    /// <summary>What the call would have answered; <see langword="null"/> while it runs, and when the client cancelled it.</summary>
    public JsonRpcMessage? Answer => Running.IsCompletedSuccessfully && !_cancelled ? Running.Result : null;

    /// <summary>Whether the client cancelled it.</summary>
    public bool IsCancelled => _cancelled;

    /// <summary>Whether nothing changes any more.</summary>
    public bool IsOver => _cancelled || Running.IsCompleted;

    /// <summary>Whether its client may know of it.</summary>
    public bool IsOpen { get; set; }

    /// <summary>Whether the client was given what came of it.</summary>
    public bool IsFetched { get; set; }

    /// <summary>What forgets it in time.</summary>
    public ITimer? Expiry { get; set; }

    /// <summary>Begins the call.</summary>
    /// <param name="call">Takes it through the door.</param>
    public void Start(Func<CancellationToken, Task<JsonRpcMessage>> call)
    {
        Running = call(_stop.Token);
        Running.ContinueWith(static (_, task) => ((GatewayTask)task!).Change(), this, TaskScheduler.Default);
    }

    /// <summary>Parts it from the request that began it: from now on the client asks for it by its id.</summary>
    public void Detach() => _request.Detach(AskAsync, new TaskSink(_request.Session, Id));

    /// <inheritdoc/>
    public void Begin(TimeSpan? pollInterval)
    {
        Interval = pollInterval ?? Interval;
        Detach();
        _began.TrySetResult();
    }

    /// <inheritdoc/>
    public void Report(string message)
    {
        _message = message;
        Change();
    }

    /// <summary>Ends the call, there too.</summary>
    public void Stop() => _stop.Cancel();

    /// <summary>The client wants no more of it.</summary>
    public void Cancel()
    {
        if (!IsOver)
        {
            _cancelled = true;
            Stop();
            Change();
        }
    }

    /// <summary>Tells a client of every change.</summary>
    /// <param name="session">Where the client listens, until it ends.</param>
    /// <param name="form">How it writes tasks.</param>
    public void Watch(GatewaySession session, TaskForm form) => _watchers[session] = form;

    /// <summary>Lets a question be taken again: who took it can no longer be asked.</summary>
    /// <param name="question">The question.</param>
    public void Return(OpenQuestion question)
    {
        question.Release();
        Raise();
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        Stop(); // not disposed: what runs still holds its token
        Expiry?.Dispose();
    }

    private async Task<JsonRpcMessage> AskAsync(JsonRpcRequest question, string? name, CancellationToken cancellationToken)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, _stop.Token);
        return await Questions.AskAsync(question, name, limit.Token).ConfigureAwait(false);
    }

    private void Raise()
    {
        Interlocked.Exchange(ref _asked, new(TaskCreationOptions.RunContinuationsAsynchronously)).TrySetResult();
        Change();
    }

    private void Change()
    {
        UpdatedAt = _time.GetUtcNow();
        foreach ((GatewaySession session, TaskForm form) in _watchers)
        {
            if (session.Ended.IsCancellationRequested)
            {
                _watchers.TryRemove(session, out _);
            }
            else
            {
                session.Unsolicited.TryPost(form.Notice(this));
            }
        }
    }
}
