using System.Text.RegularExpressions;
using ModelContextProtocol;

namespace Bridge.Mcp.Connections;

/// <summary>Which version of the protocol to ask for next.</summary>
internal static partial class ProtocolVersions
{
    /// <summary>The newest version with sessions: what a server can push (changed lists, questions to the user) arrives without more ado.</summary>
    public const string Preferred = "2025-11-25";

    /// <summary>Lets the SDK probe for the version without sessions.</summary>
    public const string Newest = "";

    private static readonly string[] s_known = ["2024-11-05", "2025-03-26", "2025-06-18", "2025-11-25"];

    /// <summary>The version to try after a failure.</summary>
    /// <param name="error">How the server refused.</param>
    /// <param name="asked">The version that was asked for.</param>
    /// <returns>The next version; <see langword="null"/> when another version would not help.</returns>
    public static string? After(Exception error, string asked)
    {
        if (asked == Newest)
        {
            return null;
        }

        if (error is UnsupportedProtocolVersionException or McpProtocolException { ErrorCode: McpErrorCode.MethodNotFound or McpErrorCode.UnsupportedProtocolVersion })
        {
            return Newest;
        }

        // The SDK asks for exactly one version; the one the server answered with is only in the message.
        string? answered = error is McpException
            ? Version().Matches(error.Message).Select(match => match.Value).LastOrDefault(version => version != asked)
            : null;
        return answered is null ? null : s_known.Contains(answered) ? answered : Newest;
    }

    [GeneratedRegex(@"\d{4}-\d{2}-\d{2}")]
    private static partial Regex Version();
}
