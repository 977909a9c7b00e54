using System.Globalization;

namespace Bridge.Http.Gateway;

/// <summary>The last events of one session's streams, so that a client whose connection broke reads on where it was. Bounded; thread-safe.</summary>
/// <remarks>An event's id is <c>STREAM-NUMBER</c>; stream 0 is that of what belongs to no request.</remarks>
internal sealed class EventLog
{
    /// <summary>The stream of what belongs to no request.</summary>
    public const int Unsolicited = 0;

    private const int MostEvents = 1024;
    private const long MostBytes = 4 * 1024 * 1024;

    private readonly Lock _gate = new();
    private readonly Queue<LoggedEvent> _events = new();
    private readonly Dictionary<int, long> _open = new() { [Unsolicited] = 0 };
    private TaskCompletionSource _news = New();
    private int _lastStream;
    private long _bytes;

    /// <summary>Begins a stream.</summary>
    /// <returns>Its number.</returns>
    public int Begin()
    {
        lock (_gate)
        {
            _open[++_lastStream] = 0;
            return _lastStream;
        }
    }

    /// <summary>Notes an event, before it is written.</summary>
    /// <param name="stream">The stream.</param>
    /// <param name="data">The message.</param>
    /// <returns>The event; the oldest are forgotten where room is needed.</returns>
    public LoggedEvent Add(int stream, byte[] data)
    {
        lock (_gate)
        {
            var added = new LoggedEvent(stream, _open[stream] = _open.GetValueOrDefault(stream) + 1, data);
            _events.Enqueue(added);
            _bytes += data.Length;
            while (_events.Count > MostEvents || (_bytes > MostBytes && _events.Count > 1))
            {
                _bytes -= _events.Dequeue().Data.Length;
            }

            Tell();
            return added;
        }
    }

    /// <summary>Ends a stream: nothing more comes.</summary>
    /// <param name="stream">The stream.</param>
    public void End(int stream)
    {
        lock (_gate)
        {
            _open.Remove(stream);
            Tell();
        }
    }

    /// <summary>What came after an event.</summary>
    /// <param name="stream">The stream.</param>
    /// <param name="number">The last event that was read.</param>
    /// <param name="news">Ends when there is more to ask for.</param>
    /// <returns>The events that are still known, and whether more will come.</returns>
    public (LoggedEvent[] Events, bool IsOpen) After(int stream, long number, out Task news)
    {
        lock (_gate)
        {
            news = _news.Task;
            return ([.. _events.Where(one => one.Stream == stream && one.Number > number)], _open.ContainsKey(stream));
        }
    }

    /// <summary>Reads an event's id.</summary>
    /// <param name="id">What the client says that it read last.</param>
    /// <param name="stream">The stream.</param>
    /// <param name="number">The event's number in it.</param>
    /// <returns>Whether it is one of these.</returns>
    public static bool TryParse(string id, out int stream, out long number)
    {
        number = stream = 0;
        return id.Split('-') is [var first, var second]
            && int.TryParse(first, NumberStyles.None, CultureInfo.InvariantCulture, out stream)
            && long.TryParse(second, NumberStyles.None, CultureInfo.InvariantCulture, out number);
    }

    private static TaskCompletionSource New() => new(TaskCreationOptions.RunContinuationsAsynchronously);

    private void Tell()
    {
        TaskCompletionSource told = _news;
        _news = New();
        told.SetResult();
    }
}

/// <summary>One event of a stream.</summary>
/// <param name="Stream">The stream.</param>
/// <param name="Number">Its number in the stream, from 1.</param>
/// <param name="Data">The message.</param>
internal sealed record LoggedEvent(int Stream, long Number, byte[] Data)
{
    /// <summary>Its id.</summary>
    public string Id => string.Create(CultureInfo.InvariantCulture, $"{Stream}-{Number}");
}
