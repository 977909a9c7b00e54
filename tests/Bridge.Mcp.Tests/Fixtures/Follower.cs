using Bridge.Tools;

namespace Bridge.Mcp.Tests.Fixtures;

/// <summary>Follows a task and keeps what it was told.</summary>
internal sealed class Follower : ITaskFollower
{
    private readonly TaskCompletionSource<TimeSpan?> _began = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public TimeSpan Limit => TimeSpan.FromMinutes(1);

    public Task<TimeSpan?> Began => _began.Task;

    public List<string> Messages { get; } = [];

    public void Begin(TimeSpan? pollInterval) => _began.SetResult(pollInterval);

    public void Report(string message)
    {
        lock (Messages)
        {
            Messages.Add(message);
        }
    }
}
