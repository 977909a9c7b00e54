using Bridge.Mcp.Gateway;

namespace Bridge.Http.Gateway;

/// <summary>A client's session, and when it was last heard of.</summary>
/// <param name="core">The session.</param>
/// <param name="time">The clock.</param>
internal sealed class HttpSession(GatewaySession core, TimeProvider time)
{
    private long _lastUsed = time.GetTimestamp();
    private int _streams;
    private volatile bool _isLost;

    /// <summary>The session.</summary>
    public GatewaySession Core => core;

    /// <summary>The last events of its streams.</summary>
    public EventLog Log { get; } = new();

    /// <summary>How long nothing was heard of the client; zero while a request runs or a stream is open.</summary>
    public TimeSpan IdleTime => core.RunningCount > 0 || Volatile.Read(ref _streams) > 0
        ? TimeSpan.Zero
        : time.GetElapsedTime(Interlocked.Read(ref _lastUsed));

    /// <summary>Whether the client broke off what it listened to and was not heard of since.</summary>
    public bool IsLost => _isLost;

    /// <summary>Notes that the client was heard of.</summary>
    public void Touch()
    {
        Interlocked.Exchange(ref _lastUsed, time.GetTimestamp());
        _isLost = false;
    }

    /// <summary>Notes that the client listens until the result is disposed.</summary>
    /// <param name="aborted">The client broke off.</param>
    /// <returns>What ends it.</returns>
    public StreamHold HoldStream(CancellationToken aborted)
    {
        Interlocked.Increment(ref _streams);
        return new StreamHold(this, aborted);
    }

    internal readonly struct StreamHold(HttpSession session, CancellationToken aborted) : IDisposable
    {
        public void Dispose()
        {
            Interlocked.Decrement(ref session._streams);
            session.Touch();
            session._isLost = aborted.IsCancellationRequested;
        }
    }
}
