namespace Bridge.Host.Terminal;

/// <summary>A verb ends without a result.</summary>
/// <param name="exitCode">The exit code, one of <see cref="ExitCode"/>.</param>
/// <param name="message">What is wrong and what to do, for standard error.</param>
internal sealed class VerbException(int exitCode, string message) : Exception(message)
{
    public int ExitCode { get; } = exitCode;
}
