namespace Bridge.Mcp.SignIn;

/// <summary>Signing in to a server did not succeed.</summary>
/// <param name="message">What is wrong, in a sentence; never a secret.</param>
/// <param name="cure">What to do.</param>
/// <param name="inner">The cause.</param>
public sealed class SignInException(string message, string cure, Exception? inner = null) : Exception(message, inner)
{
    /// <summary>What to do.</summary>
    public string Cure { get; } = cure;

    /// <summary>The authorization server says that what it gave is no longer good.</summary>
    internal bool IsOver { get; init; }
}
