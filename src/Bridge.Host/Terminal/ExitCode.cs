namespace Bridge.Host.Terminal;

/// <summary>The exit codes of every verb.</summary>
internal static class ExitCode
{
    /// <summary>Answered, no call included.</summary>
    public const int Ok = 0;

    /// <summary>It failed, or a tool reported an error.</summary>
    public const int Failed = 1;

    /// <summary>The command line or the configuration is wrong.</summary>
    public const int Usage = 2;

    /// <summary>A person must consent first.</summary>
    public const int NeedsApproval = 3;

    /// <summary>Interrupted by Ctrl+C.</summary>
    public const int Interrupted = 130;
}
