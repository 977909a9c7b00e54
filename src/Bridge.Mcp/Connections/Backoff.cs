namespace Bridge.Mcp.Connections;

/// <summary>Exponential waits with jitter, so that many servers that fell together do not come back together.</summary>
internal sealed class Backoff(ConnectionOptions options)
{
    private int _failures;

    public void Reset() => _failures = 0;

    public TimeSpan Next()
    {
        double ideal = options.FirstRetry.TotalMilliseconds * Math.Pow(2, Math.Min(_failures++, 30));
        double bounded = Math.Min(ideal, options.LastRetry.TotalMilliseconds);
        return TimeSpan.FromMilliseconds(bounded * (0.5 + (Random.Shared.NextDouble() / 2)));
    }
}
