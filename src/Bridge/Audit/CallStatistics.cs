namespace Bridge.Audit;

/// <summary>What became of calls that have something in common.</summary>
/// <param name="Name">What they have in common: the tool, the client or the tool caller.</param>
/// <param name="Calls">How many there were.</param>
public sealed record CallStatistics(string Name, long Calls)
{
    /// <summary>How many succeeded.</summary>
    public required long Succeeded { get; init; }

    /// <summary>How many came back with an error of the tool itself.</summary>
    public required long ToolErrors { get; init; }

    /// <summary>How many reached the tool's server and did not come back well: timed out, cancelled, a server that died.</summary>
    public required long Failed { get; init; }

    /// <summary>How many were turned away before they reached the tool's server.</summary>
    public required long Refused { get; init; }

    /// <summary>How many run, or died with their process.</summary>
    public required long Unfinished { get; init; }

    /// <summary>Half of those that ended took no longer, in milliseconds, to within 3 %; <see langword="null"/> where none ended.</summary>
    public required double? MedianMs { get; init; }

    /// <summary>95 of 100 of those that ended took no longer, in milliseconds, to within 3 %; <see langword="null"/> where none ended.</summary>
    public required double? P95Ms { get; init; }

    /// <summary>When the last was.</summary>
    public required DateTimeOffset Last { get; init; }
}
