namespace Bridge.Tools;

/// <summary>Does something when a call becomes a task, and tells the follower behind.</summary>
/// <param name="inner">Who follows the task.</param>
/// <param name="begun">What is done; once, before the follower is told.</param>
public sealed class DelegatingTaskFollower(ITaskFollower inner, Action begun) : ITaskFollower
{
    private readonly ITaskFollower _inner = inner ?? throw new ArgumentNullException(nameof(inner));

    /// <inheritdoc/>
    public TimeSpan Limit => _inner.Limit;

    /// <inheritdoc/>
    public void Begin(TimeSpan? pollInterval)
    {
        begun();
        _inner.Begin(pollInterval);
    }

    /// <inheritdoc/>
    public void Report(string message) => _inner.Report(message);
}
