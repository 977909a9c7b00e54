using System.Collections.Immutable;
using Bridge.Outcomes;
using Bridge.Policy;

namespace Bridge.Audit;

/// <summary>Which calls of the audit are wanted; what is not set does not matter.</summary>
public sealed record AuditFilter
{
    /// <summary>A call without an end: it runs, or its process died and nobody knows how far it came.</summary>
    public const string Unfinished = "unfinished";

    /// <summary>The earliest time.</summary>
    public DateTimeOffset? Since { get; init; }

    /// <summary>The time before which it was.</summary>
    public DateTimeOffset? Until { get; init; }

    /// <summary>The tool's id or a glob over ids, such as <c>files/*</c>.</summary>
    public string? Tool { get; init; }

    /// <summary>Who called: the id, exactly.</summary>
    public string? Client { get; init; }

    /// <summary>What became of it, of <see cref="Outcomes"/>.</summary>
    public string? Outcome { get; init; }

    /// <summary>What <see cref="Outcome"/> may be: a status, a kind of reason, <c>refused</c> or <see cref="Unfinished"/>.</summary>
    public static ImmutableArray<string> Outcomes { get; } =
    [
        .. Enum.GetValues<CallStatus>().Select(OutcomeNames.Of),
        .. Enum.GetValues<ReasonKind>().Where(kind => kind != ReasonKind.None).Select(OutcomeNames.Of).Except(Enum.GetValues<CallStatus>().Select(OutcomeNames.Of)),
        AuditEvents.Refused,
        Unfinished,
    ];

    /// <summary>Whether a record is wanted.</summary>
    /// <param name="entry">The record that says how a call stands: its end, its refusal, or its start while it has no end.</param>
    /// <returns>Whether it is.</returns>
    public bool Matches(AuditRecord entry)
    {
        ArgumentNullException.ThrowIfNull(entry);
        return !(entry.Time < Since)
            && !(entry.Time >= Until)
            && (Tool is null || new ToolPattern(Tool).Matches(entry.Tool))
            && (Client is null || Client == entry.Identity)
            && (Outcome is null || Outcome == entry.Status || Outcome == entry.Reason || Outcome == NameOf(entry.Event));
    }

    private static string NameOf(string happened) => happened == AuditEvents.Started ? Unfinished : happened;
}
