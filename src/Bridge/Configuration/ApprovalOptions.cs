namespace Bridge.Configuration;

/// <summary>When a person is asked before a tool runs.</summary>
public sealed class ApprovalOptions
{
    /// <summary>What happens to tools about which their server says nothing.</summary>
    /// <value>The default is <see cref="ApprovalRule.Run"/>.</value>
    public ApprovalRule Unannotated { get; set; } = ApprovalRule.Run;

    /// <summary>What happens to tools that their server calls destructive.</summary>
    /// <value>The default is <see cref="ApprovalRule.Ask"/>.</value>
    public ApprovalRule Destructive { get; set; } = ApprovalRule.Ask;

    /// <summary>How long a person has to answer; no answer is a refusal.</summary>
    /// <value>The default is 2 minutes.</value>
    public TimeSpan Timeout { get; set; } = TimeSpan.FromMinutes(2);
}
