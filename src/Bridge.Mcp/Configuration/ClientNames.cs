using System.Diagnostics.CodeAnalysis;

namespace Bridge.Mcp.Configuration;

/// <summary>How clients are called where a credential is theirs: as policy and the audit call them.</summary>
public static class ClientNames
{
    /// <summary>Every client that has none of its own.</summary>
    public const string Everyone = "*";

    /// <summary>What the forms are, for messages.</summary>
    public const string Forms = "'local', 'key:ID' of 'bridge keys list', or 'user:SUBJECT' of a token";

    /// <summary>Whether a text names one client.</summary>
    /// <param name="text">The text.</param>
    /// <returns><see langword="true"/> for <c>local</c>, <c>key:ID</c> and <c>user:SUBJECT</c>.</returns>
    public static bool IsClient([NotNullWhen(true)] string? text) => text is "local"
        || ((Follows(text, "key:") || Follows(text, "user:")) && !text!.AsSpan().ContainsAny('\r', '\n', '\0'));

    /// <summary>A client as a command takes it: the subject of a token may hold what a shell would read.</summary>
    /// <param name="client">The client.</param>
    /// <returns>The text, in quotes where it needs them.</returns>
    public static string Quoted(string client)
    {
        ArgumentNullException.ThrowIfNull(client);
        return client.All(letter => char.IsAsciiLetterOrDigit(letter) || letter is ':' or '.' or '_' or '-' or '@' or '/') ? client : $"'{client.Replace("'", "'\\''", StringComparison.Ordinal)}'";
    }

    private static bool Follows(string? text, string prefix) => text?.Length > prefix.Length && text.StartsWith(prefix, StringComparison.Ordinal);
}
