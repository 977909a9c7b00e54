using System.Net;
using System.Net.Http.Headers;
using System.Text.RegularExpressions;

namespace Bridge.Mcp.SignIn;

/// <summary>How a server refused a request: what its <c>WWW-Authenticate</c> says (RFC 6750, RFC 9728).</summary>
/// <param name="Endpoint">What was asked.</param>
/// <param name="Metadata">Where the server describes itself, if it said so.</param>
/// <param name="Scopes">The scopes it wants.</param>
/// <param name="Error">Its error code.</param>
internal sealed partial record AuthorizationChallenge(Uri Endpoint, Uri? Metadata, IReadOnlyList<string> Scopes, string? Error)
{
    private const string TooLittle = "insufficient_scope";

    /// <summary>The login is good and allows too little.</summary>
    public bool WantsMoreScopes => string.Equals(Error, TooLittle, StringComparison.OrdinalIgnoreCase);

    /// <summary>As if a server had just refused for want of scopes.</summary>
    public static AuthorizationChallenge ForMore(Uri endpoint, IReadOnlyList<string> scopes) => new(endpoint, null, scopes, TooLittle);

    /// <summary>Reads the challenge of an answer.</summary>
    /// <returns><see langword="null"/> when the answer is not one that a login would change.</returns>
    public static AuthorizationChallenge? Of(HttpResponseMessage response, Uri endpoint)
    {
        if (response.StatusCode is not (HttpStatusCode.Unauthorized or HttpStatusCode.Forbidden))
        {
            return null;
        }

        AuthenticationHeaderValue? bearer = response.Headers.WwwAuthenticate
            .FirstOrDefault(value => value.Scheme.Equals("Bearer", StringComparison.OrdinalIgnoreCase));
        ILookup<string, string> said = Parameter().Matches(bearer?.Parameter ?? "").ToLookup(
            match => match.Groups[1].Value,
            match => match.Groups[2].Success ? Escape().Replace(match.Groups[2].Value, "$1") : match.Groups[3].Value,
            StringComparer.OrdinalIgnoreCase);
        var challenge = new AuthorizationChallenge(
            endpoint,
            Uri.TryCreate(said["resource_metadata"].FirstOrDefault(), UriKind.Absolute, out Uri? metadata) ? metadata : null,
            ScopesOf(said["scope"].FirstOrDefault()),
            said["error"].FirstOrDefault());
        return response.StatusCode == HttpStatusCode.Unauthorized || challenge.WantsMoreScopes ? challenge : null;
    }

    /// <summary>The scopes of a list that is separated by spaces.</summary>
    public static string[] ScopesOf(string? text) =>
        [.. (text ?? "").Split(' ', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).Distinct(StringComparer.Ordinal)];

    [GeneratedRegex("""([A-Za-z_]+)\s*=\s*(?:"((?:[^"\\]|\\.)*)"|([^\s,"]+))""")]
    private static partial Regex Parameter();

    [GeneratedRegex(@"\\(.)")]
    private static partial Regex Escape();
}
