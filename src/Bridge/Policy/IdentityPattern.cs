using Bridge.Tools;

namespace Bridge.Policy;

/// <summary>Globs over clients, such as <c>key:4f1c0a9be210</c>, <c>user:*</c> and <c>local</c>.</summary>
public static class IdentityPattern
{
    /// <summary>Whether a pattern fits a client.</summary>
    /// <param name="pattern">The pattern: <c>*</c> for any run of characters, <c>?</c> for one.</param>
    /// <param name="identity">The client.</param>
    /// <returns>Whether it does, case and all.</returns>
    public static bool Matches(string pattern, ClientIdentity identity)
    {
        ArgumentNullException.ThrowIfNull(pattern);
        ArgumentNullException.ThrowIfNull(identity);
        return new ToolPattern(pattern).Matches(identity.Id);
    }
}
