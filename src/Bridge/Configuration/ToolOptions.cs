namespace Bridge.Configuration;

/// <summary>What configuration says of a tool; what is not set is as everywhere.</summary>
public sealed class ToolOptions
{
    /// <summary>The tool changes nothing: calls of it run together.</summary>
    public bool? ReadOnly { get; set; }

    /// <summary>Calls of the tool may run beside others even though it changes something.</summary>
    public bool? Parallel { get; set; }

    /// <summary>Calling again with the same arguments changes nothing more.</summary>
    public bool? Idempotent { get; set; }

    /// <summary>Whether a person is asked first.</summary>
    public ApprovalRule? Approval { get; set; }

    /// <summary>The tool must not be called at all.</summary>
    public bool? Deny { get; set; }

    /// <summary>Whether lossless repairs of its arguments are made.</summary>
    public bool? Repair { get; set; }

    /// <summary>How long one call may take.</summary>
    public TimeSpan? Timeout { get; set; }

    /// <summary>How many calls of it run at once, of all clients together; more wait.</summary>
    public int? ConcurrentCalls { get; set; }

    /// <summary>How often it is called in a minute, by all clients together; more calls are refused.</summary>
    public int? CallsPerMinute { get; set; }

    /// <summary>The most of one result that reaches the prompt, in bytes.</summary>
    public int? MaxResultBytes { get; set; }
}
