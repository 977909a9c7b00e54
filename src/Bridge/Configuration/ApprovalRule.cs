namespace Bridge.Configuration;

/// <summary>Whether a person is asked.</summary>
public enum ApprovalRule
{
    /// <summary>The tool runs.</summary>
    Run,

    /// <summary>A person is asked.</summary>
    Ask,
}
