using Bridge.Tools;

namespace Bridge.Mcp.Tests.Fixtures;

/// <summary>Takes progress at once, on the reporting thread.</summary>
internal sealed class Progress(Action<ToolProgress>? onReport = null) : IProgress<ToolProgress>
{
    private readonly List<ToolProgress> _seen = [];

    public IReadOnlyList<ToolProgress> Seen
    {
        get
        {
            lock (_seen)
            {
                return [.. _seen];
            }
        }
    }

    public void Report(ToolProgress value)
    {
        lock (_seen)
        {
            _seen.Add(value);
        }

        onReport?.Invoke(value);
    }
}
