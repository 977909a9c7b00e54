using Bridge.Configuration;

namespace Bridge.Policy;

/// <summary>What configuration says of one tool, all matching entries taken together; what is not set is as everywhere.</summary>
internal sealed record ToolRule
{
    /// <summary>A tool of which configuration says nothing.</summary>
    public static ToolRule None { get; } = new();

    /// <summary>Whether the tool must not be called.</summary>
    public bool Deny { get; init; }

    /// <summary>Whether configuration calls the tool read-only. Hints of servers have no say.</summary>
    public bool ReadOnly { get; init; }

    /// <summary>Whether calls of the tool may run beside others: configuration calls it read-only or parallel. Hints of servers have no say.</summary>
    public bool RunsBesideOthers { get; init; }

    /// <summary>Whether calling again with the same arguments changes nothing more.</summary>
    public bool Idempotent { get; init; }

    /// <summary>Whether lossless repairs of its arguments are made.</summary>
    public bool Repair { get; init; } = true;

    /// <summary>Whether a person is asked first; <see langword="null"/> when nothing is said.</summary>
    public ApprovalRule? Approval { get; init; }

    /// <summary>How long one call may take; <see langword="null"/> for the general limit.</summary>
    public TimeSpan? Timeout { get; init; }

    /// <summary>How many calls of it run at once; <see langword="null"/> for no limit of its own.</summary>
    public int? ConcurrentCalls { get; init; }

    /// <summary>How often it is called in a minute; <see langword="null"/> for no limit.</summary>
    public int? CallsPerMinute { get; init; }

    /// <summary>The most of one result that reaches the prompt, in bytes; <see langword="null"/> for the general limit.</summary>
    public int? MaxResultBytes { get; init; }
}
