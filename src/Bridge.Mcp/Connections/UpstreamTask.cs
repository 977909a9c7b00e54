using System.Text.Json.Nodes;
using Bridge.Mcp.Messages;
using Bridge.Tools;

namespace Bridge.Mcp.Connections;

/// <summary>A task at a server, as far as the server has said.</summary>
/// <param name="id">The server's id of it.</param>
/// <param name="follower">Who wants to know; <see langword="null"/> for nobody.</param>
/// <param name="time">The clock.</param>
internal sealed class UpstreamTask(string id, ITaskFollower? follower, TimeProvider time)
{
    private const int MostMessage = 1000;

    // Where a server does not say how often it wants to be asked: soon at first, then less and less.
    private static readonly TimeSpan s_first = TimeSpan.FromMilliseconds(100), s_last = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan s_least = TimeSpan.FromMilliseconds(20), s_most = TimeSpan.FromMinutes(1);

    private readonly Lock _gate = new();
    private TaskCompletionSource _heard = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private TimeSpan _pause = s_first;
    private string? _message;

    /// <summary>The server's id of it.</summary>
    public string Id => id;

    /// <summary>Its status.</summary>
    public string Status { get; private set; } = TaskWords.Working;

    /// <summary>How often the server wants to be asked; <see langword="null"/> when it does not say.</summary>
    public TimeSpan? Interval { get; private set; }

    /// <summary>Whether nothing changes any more.</summary>
    public bool IsOver => Status is TaskWords.Completed or TaskWords.Failed or TaskWords.Cancelled;

    /// <summary>What the server says of it.</summary>
    public string Message => _message ?? "";

    /// <summary>Takes what the server said when it made the task, and tells who follows it that there is one.</summary>
    /// <param name="created">What it said.</param>
    public void Begin(JsonObject created)
    {
        string? message = Note(created);
        follower?.Begin(Interval);
        Tell(message);
    }

    /// <summary>Takes what the server says of the task, in the words of either revision.</summary>
    /// <param name="state">What it says.</param>
    public void Take(JsonNode? state) => Tell(Note(state));

    /// <summary>Takes what the server says by itself: whoever waits need not wait longer.</summary>
    /// <param name="state">What it says.</param>
    public void Hear(JsonNode? state)
    {
        Take(state);
        Volatile.Read(ref _heard).TrySetResult();
    }

    /// <summary>Waits until the server may be asked again, or has said something.</summary>
    /// <param name="other">What else ends the wait.</param>
    /// <param name="cancellationToken">Ends it with an exception.</param>
    public async Task PauseAsync(Task other, CancellationToken cancellationToken)
    {
        TimeSpan pause = Interval ?? _pause;
        _pause = _pause * 2 < s_last ? _pause * 2 : s_last;
        using var woken = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        Task heard = Volatile.Read(ref _heard).Task;
        if (await Task.WhenAny(heard, Task.Delay(pause, time, woken.Token), other).ConfigureAwait(false) == heard)
        {
            Volatile.Write(ref _heard, new(TaskCreationOptions.RunContinuationsAsynchronously));
        }

        await woken.CancelAsync().ConfigureAwait(false);
        cancellationToken.ThrowIfCancellationRequested();
    }

    // The message, if it is a new one.
    private string? Note(JsonNode? state)
    {
        string? message = Short(TaskWords.Text(state, "statusMessage"));
        lock (_gate)
        {
            Status = IsOver ? Status : TaskWords.Text(state, "status") ?? Status; // news may overtake each other
            JsonNode? interval = (state as JsonObject)?["pollIntervalMs"] ?? (state as JsonObject)?["pollInterval"];
            Interval = interval is JsonValue value && value.TryGetValue(out double ms) && ms > 0
                ? TimeSpan.FromMilliseconds(Math.Clamp(ms, s_least.TotalMilliseconds, s_most.TotalMilliseconds))
                : Interval;
            (message, _message) = (message == _message ? null : message, message ?? _message);
            return message;
        }
    }

    private static string? Short(string? message) =>
        message is { Length: > MostMessage } ? message[..(char.IsHighSurrogate(message[MostMessage - 1]) ? MostMessage - 1 : MostMessage)] : message;

    private void Tell(string? message)
    {
        if (message is not null)
        {
            follower?.Report(message);
        }
    }
}
