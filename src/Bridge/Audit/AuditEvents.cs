namespace Bridge.Audit;

/// <summary>What records tell of.</summary>
public static class AuditEvents
{
    /// <summary>A call is about to be sent to its source.</summary>
    public const string Started = "started";

    /// <summary>A call that was started has ended.</summary>
    public const string Ended = "ended";

    /// <summary>A call was turned away before it reached its source.</summary>
    public const string Refused = "refused";
}
