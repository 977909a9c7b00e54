namespace Bridge.Configuration;

/// <summary>Whether a folder's configuration may be used.</summary>
public enum TrustVerdict
{
    /// <summary>Nobody accepted this content.</summary>
    Unknown,

    /// <summary>Another content of the same folder was accepted; it changed since.</summary>
    Changed,

    /// <summary>A person accepted exactly this content.</summary>
    Accepted,

    /// <summary>It is the sample that Bridge ships.</summary>
    ShippedSample,

    /// <summary>The user named the folder, or it is the user's own.</summary>
    NotNeeded,
}
