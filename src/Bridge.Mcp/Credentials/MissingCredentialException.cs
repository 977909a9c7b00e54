namespace Bridge.Mcp.Credentials;

/// <summary>A client has no credential of its own at a server, and nothing is configured to stand in.</summary>
/// <param name="message">Who lacks what.</param>
/// <param name="cure">What to do.</param>
public sealed class MissingCredentialException(string message, string cure) : Exception(message)
{
    /// <summary>What to do.</summary>
    public string Cure { get; } = cure;
}
