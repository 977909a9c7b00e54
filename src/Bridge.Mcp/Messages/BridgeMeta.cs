namespace Bridge.Mcp.Messages;

/// <summary>What Bridge itself says in <c>_meta</c>.</summary>
public static class BridgeMeta
{
    /// <summary>In how many seconds to try again.</summary>
    public const string RetryAfter = "bridge/retryAfter";

    /// <summary>How a result breaks its tool's own word.</summary>
    public const string Flaw = "bridge/flaw";

    /// <summary>Where a kept result is read on.</summary>
    public const string Next = "bridge/next";
}
