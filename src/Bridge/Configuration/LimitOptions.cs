namespace Bridge.Configuration;

/// <summary>What one prompt and one call may take.</summary>
public sealed class LimitOptions
{
    /// <summary>The most calls for one prompt.</summary>
    /// <value>The default is 8.</value>
    public int MaxCalls { get; set; } = 8;

    /// <summary>How long one prompt may take, proposing and calling together.</summary>
    /// <value>The default is 5 minutes.</value>
    public TimeSpan PromptTimeout { get; set; } = TimeSpan.FromMinutes(5);

    /// <summary>How long one call may take.</summary>
    /// <value>The default is 1 minute.</value>
    public TimeSpan CallTimeout { get; set; } = TimeSpan.FromMinutes(1);

    /// <summary>How many calls run at once for one source.</summary>
    /// <value>The default is 16.</value>
    public int ConcurrentCallsPerSource { get; set; } = 16;

    /// <summary>How many calls of one client run at once; more wait. Nested calls do not count.</summary>
    /// <value>The default is 0: no limit.</value>
    public int ConcurrentCallsPerClient { get; set; }

    /// <summary>How many calls one client makes in a minute; more are refused.</summary>
    /// <value>The default is 0: no limit.</value>
    public int CallsPerMinutePerClient { get; set; }

    /// <summary>How deep calls may be nested.</summary>
    /// <value>The default is 4.</value>
    public int MaxDepth { get; set; } = 4;

    /// <summary>The largest arguments of a call, in bytes of JSON.</summary>
    /// <value>The default is 1 MiB.</value>
    public int MaxArgumentBytes { get; set; } = 1024 * 1024;

    /// <summary>The most of one result that reaches the prompt, in bytes; the rest is cut with a marker that says so.</summary>
    /// <value>The default is 256 KiB.</value>
    public int MaxResultBytes { get; set; } = 256 * 1024;

    /// <summary>The most of one result that reaches a client of the gateway, in bytes: larger, because screenshots must pass whole.</summary>
    /// <value>The default is 16 MiB.</value>
    public int MaxGatewayResultBytes { get; set; } = 16 * 1024 * 1024;
}
