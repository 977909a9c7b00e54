using System.Text.Json;

namespace Bridge.Audit;

/// <summary>One line of the audit: who called what from where, and what became of it. Arguments are never in it, only their hash.</summary>
public sealed record AuditRecord
{
    /// <summary>When, in UTC.</summary>
    public required DateTimeOffset Time { get; init; }

    /// <summary>What happened: <c>started</c>, <c>ended</c> or <c>refused</c>.</summary>
    public required string Event { get; init; }

    /// <summary>The execution, unique everywhere: a <c>started</c> without an <c>ended</c> is a call whose process died.</summary>
    public required string ExecutionId { get; init; }

    /// <summary>The call's id, unique within its prompt.</summary>
    public required string CallId { get; init; }

    /// <summary>The W3C trace the call belongs to; <see langword="null"/> when nobody traces.</summary>
    public string? TraceId { get; init; }

    /// <summary>Who called.</summary>
    public required string Identity { get; init; }

    /// <summary>Where the call came from: <c>prompt</c>, <c>direct</c>, <c>gateway</c> or <c>nested</c>.</summary>
    public required string Origin { get; init; }

    /// <summary>The tool's id.</summary>
    public required string Tool { get; init; }

    /// <summary>SHA-256 of the argument bytes that were sent, or would have been, in lower-case hex.</summary>
    public required string ArgumentsSha256 { get; init; }

    /// <summary>The model that proposed the call; <see langword="null"/> when a person or a client wrote it.</summary>
    public string? Caller { get; init; }

    /// <summary>The status of the call, such as <c>succeeded</c>; <see langword="null"/> while it runs.</summary>
    public string? Status { get; init; }

    /// <summary>The kind of reason, such as <c>timed_out</c>; <see langword="null"/> while it runs and when it went well.</summary>
    public string? Reason { get; init; }

    /// <summary>How the result breaks the tool's own word, such as <c>structure_invalid</c>; <see langword="null"/> while the call runs and when it does not.</summary>
    public string? Flaw { get; init; }

    /// <summary>How long the call took, in milliseconds; <see langword="null"/> while it runs.</summary>
    public double? DurationMs { get; init; }

    /// <summary>Writes the record as it stands in a segment.</summary>
    /// <returns>One line of JSON without its end.</returns>
    public string ToJson() => JsonSerializer.Serialize(this, AuditJsonContext.Default.AuditRecord);
}
