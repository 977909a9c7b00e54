using System.Diagnostics;
using Bridge.Http.Errors;
using Bridge.Identity;
using Microsoft.AspNetCore.Http;

namespace Bridge.Http.Guards;

/// <summary>What a client is told of a token that is not accepted: what it can mend, never what a good one would hold.</summary>
internal static class TokenRefusal
{
    /// <summary>The error of a result.</summary>
    /// <param name="result">The result, not accepted.</param>
    /// <returns>The error.</returns>
    public static ApiError Of(TokenCheckResult result) => result switch
    {
        TokenCheckResult.Malformed => Invalid("The token is not a JSON Web Token that can be read here, or it is too long."),
        TokenCheckResult.AlgorithmNotAllowed => Invalid("The token's header is not accepted; it must be signed with RS256, PS256, ES256 or ES384."),
        TokenCheckResult.UnknownKey => Invalid("The token names no key that its issuer has."),
        TokenCheckResult.WrongSignature => Invalid("The token's signature is not its issuer's."),
        TokenCheckResult.WrongIssuer => Invalid("The token is not of the issuer whose tokens are taken here."),
        TokenCheckResult.WrongAudience => Invalid("The token is not for this server; ask its issuer for one with this server as audience."),
        TokenCheckResult.NoSubject => Invalid("The token does not name its subject."),
        TokenCheckResult.Expired => new(StatusCodes.Status401Unauthorized, "expired_token", "The token has expired; ask its issuer for a new one."),
        TokenCheckResult.NotYetValid => new(StatusCodes.Status401Unauthorized, "token_not_yet_valid", "The token is not valid yet; the clocks may differ."),
        TokenCheckResult.KeysUnavailable => new(
            StatusCodes.Status503ServiceUnavailable, "token_keys_unavailable", "The token cannot be checked: the keys of its issuer cannot be had right now.")
        {
            RetryAfter = TokenKeyCache.Pause,
        },
        _ => throw new UnreachableException($"The result '{result}' is no refusal."),
    };

    private static ApiError Invalid(string message) => new(StatusCodes.Status401Unauthorized, "invalid_token", message);
}
