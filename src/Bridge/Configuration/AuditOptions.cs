namespace Bridge.Configuration;

/// <summary>How calls are recorded.</summary>
public sealed class AuditOptions
{
    /// <summary>Whether each record is forced to the disk: survives a power cut, costs milliseconds a call.</summary>
    /// <value>The default is <see langword="false"/>: a record survives the death of the process, not of the machine.</value>
    public bool Fsync { get; set; }
}
