using Bridge.Storage;

namespace Bridge.Audit;

/// <summary>Where the audit is: <c>audit/audit-YYYYMMDD-N.jsonl</c> in the data folder.</summary>
internal static class AuditSegments
{
    public static SegmentNames Names { get; } = new("audit");
}
