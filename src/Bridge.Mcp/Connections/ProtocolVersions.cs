using System.Text.RegularExpressions;
using ModelContextProtocol;

namespace Bridge.Mcp.Connections;

/// <summary>Which version of the protocol to ask for next.</summary>
internal static partial class ProtocolVersions
{
    /// <summary>Lets the SDK ask the server which versions it speaks, take the newest, and fall back to a session.</summary>
    public const string Any = "";

    /// <summary>The version without sessions, and no other.</summary>
    public const string Stateless = "2026-07-28";

    /// <summary>The newest version with sessions.</summary>
    public const string NewestWithSessions = "2025-11-25";

    private static readonly string[] s_withSessions = ["2024-11-05", "2025-03-26", "2025-06-18", NewestWithSessions];

    /// <summary>Whether a version has sessions.</summary>
    public static bool HasSessions(string? version) => string.CompareOrdinal(version, NewestWithSessions) <= 0;

    /// <summary>The version to try after a failure.</summary>
    /// <param name="error">How the server refused.</param>
    /// <param name="asked">The version that was asked for.</param>
    /// <returns>The next version; <see langword="null"/> when another version would not help.</returns>
    public static string? After(Exception error, string asked)
    {
        if (error is UnsupportedProtocolVersionException { Supported: { } spoken } && s_withSessions.Append(Stateless).Where(spoken.Contains).LastOrDefault() is { } newest && newest != asked)
        {
            return newest;
        }

        // What a server makes of a question it does not know is anybody's guess: it may end, or answer something else.
        if (asked is Any or Stateless)
        {
            return IsPuzzled(error) ? asked == Any && RefusesSessions(error) ? Stateless : NewestWithSessions : null;
        }

        if (RefusesSessions(error))
        {
            return Stateless;
        }

        // The SDK asks for exactly one version; the one the server answered with is only in the message.
        string? answered = error is McpException
            ? Version().Matches(error.Message).Select(match => match.Value).LastOrDefault(version => version != asked)
            : null;
        return answered is null ? null : s_withSessions.Contains(answered) ? answered : Stateless;
    }

    // The SDK's own way back, on the same connection, ended here: the server is too new for it, or was too slow to say so.
    private static bool RefusesSessions(Exception error) =>
        error is UnsupportedProtocolVersionException or McpProtocolException { ErrorCode: McpErrorCode.MethodNotFound or McpErrorCode.UnsupportedProtocolVersion };

    private static bool IsPuzzled(Exception error) => ConnectionFailure.Find<HttpRequestException>(error) is { } http
        ? http.StatusCode is { } status && (int)status is >= 500 or 406 or 415 or 422
        : error is McpException or System.Text.Json.JsonException or UpstreamException or IOException or InvalidOperationException;

    [GeneratedRegex(@"\d{4}-\d{2}-\d{2}")]
    private static partial Regex Version();
}
