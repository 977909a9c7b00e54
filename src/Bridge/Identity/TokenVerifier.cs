using System.Collections.Frozen;
using System.Collections.Immutable;
using System.Security.Cryptography;
using System.Text.Json;
using Bridge.Configuration;
using Bridge.Tools;
using Microsoft.Extensions.Options;

namespace Bridge.Identity;

/// <summary>Checks tokens that clients show (RFC 8725, RFC 9068). Thread-safe.</summary>
/// <remarks>Nothing a token says is believed before its signature was verified with a key of the configured issuer; what it says of keys (<c>jwk</c>, <c>jku</c>, <c>x5c</c>, <c>x5u</c>) never.</remarks>
/// <param name="options">Which tokens are taken.</param>
/// <param name="keys">The issuer's keys.</param>
/// <param name="time">The clock.</param>
public sealed class TokenVerifier(IOptionsMonitor<BridgeOptions> options, TokenKeyCache keys, TimeProvider time)
{
    private const int MostSubjectCharacters = 255;
    private static readonly string[] s_scopeClaims = ["scope", "scp"];

    /// <summary>Whether a text has the form of a token, and tokens are taken.</summary>
    /// <param name="text">What the client sent.</param>
    /// <returns>Whether it is to be checked as a token; as a key otherwise.</returns>
    public bool Takes(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        return options.CurrentValue.Http.Tokens is { Issuer: not null, Audience: not null } && JsonWebToken.IsForm(text);
    }

    /// <summary>How a token names a scope.</summary>
    /// <param name="scope">The scope, of <see cref="KeyScopes"/>.</param>
    /// <returns>The name.</returns>
    public string NameOf(string scope) => options.CurrentValue.Http.Tokens.ScopePrefix + scope;

    /// <summary>Checks a token.</summary>
    /// <param name="text">What the client sent.</param>
    /// <param name="cancellationToken">Ends the check.</param>
    /// <returns>What became of it.</returns>
    public async ValueTask<TokenCheck> CheckAsync(string text, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(text);
        TokenOptions tokens = options.CurrentValue.Http.Tokens;
        if (tokens.Issuer is null || tokens.Audience is null || !JsonWebToken.TryParse(text, out JsonWebToken? token))
        {
            return new TokenCheck(TokenCheckResult.Malformed, null);
        }

        TokenCheckResult signature = await CheckSignatureAsync(token, cancellationToken).ConfigureAwait(false);
        TokenCheckResult result = signature == TokenCheckResult.Accepted ? CheckClaims(token.Claims, tokens) : signature;
        return new TokenCheck(result, result == TokenCheckResult.Accepted ? IdentityOf(token.Claims, tokens) : null);
    }

    private static bool IsFor(JsonElement claims, string audience) =>
        claims.TryGetProperty("aud", out JsonElement value) && Texts(value).Contains(audience, StringComparer.Ordinal);

    private static IEnumerable<string> Texts(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.String => [value.GetString()!],
        JsonValueKind.Array => value.EnumerateArray().Where(item => item.ValueKind == JsonValueKind.String).Select(item => item.GetString()!),
        _ => [],
    };

    /// <summary>A time as RFC 7519 writes it: seconds since 1970; NaN when it is something else.</summary>
    private static double? Seconds(JsonElement claims, string name) =>
        !claims.TryGetProperty(name, out JsonElement value) ? null
        : value.ValueKind == JsonValueKind.Number && value.TryGetDouble(out double seconds) && double.IsFinite(seconds) ? seconds
        : double.NaN;

    private static ClientIdentity IdentityOf(JsonElement claims, TokenOptions tokens)
    {
        IEnumerable<string> named = s_scopeClaims
            .SelectMany(name => claims.TryGetProperty(name, out JsonElement value) ? Texts(value) : [])
            .SelectMany(text => text.Split(' ', StringSplitOptions.RemoveEmptyEntries))
            .Where(scope => scope.StartsWith(tokens.ScopePrefix, StringComparison.Ordinal))
            .Select(scope => scope[tokens.ScopePrefix.Length..]);
        return new ClientIdentity($"user:{JsonWebToken.Text(claims, "sub")}") { Scopes = KeyScopes.All.Intersect(named).ToFrozenSet() };
    }

    private async ValueTask<TokenCheckResult> CheckSignatureAsync(JsonWebToken token, CancellationToken cancellationToken)
    {
        // 'crit' names what must be understood to be believed, and Bridge understands none of it.
        if (TokenAlgorithm.Find(JsonWebToken.Text(token.Header, "alg")) is not { } algorithm
            || token.Header.TryGetProperty("crit", out _)
            || !IsKnownType(token.Header)
            || (token.Header.TryGetProperty("kid", out JsonElement kid) && kid.ValueKind != JsonValueKind.String))
        {
            return TokenCheckResult.AlgorithmNotAllowed;
        }

        ImmutableArray<TokenKey>? candidates = await keys.FindAsync(JsonWebToken.Text(token.Header, "kid"), algorithm, cancellationToken).ConfigureAwait(false);
        return candidates is not { } found ? TokenCheckResult.KeysUnavailable
            : found.IsEmpty ? TokenCheckResult.UnknownKey
            : found.Any(key => Verifies(key, algorithm, token)) ? TokenCheckResult.Accepted
            : TokenCheckResult.WrongSignature;
    }

    /// <summary>A signed thing of another kind, such as a logout token, must not pass for one that lets in.</summary>
    private static bool IsKnownType(JsonElement header) =>
        !header.TryGetProperty("typ", out JsonElement type)
        || (type.ValueKind == JsonValueKind.String && type.GetString()!.ToUpperInvariant() is "JWT" or "AT+JWT" or "APPLICATION/AT+JWT");

    private static bool Verifies(TokenKey key, TokenAlgorithm algorithm, JsonWebToken token)
    {
        try
        {
            return key.Verify(algorithm, token.Signed, token.Signature);
        }
        catch (CryptographicException)
        {
            return false;
        }
    }

    private TokenCheckResult CheckClaims(JsonElement claims, TokenOptions tokens)
    {
        double now = time.GetUtcNow().ToUnixTimeMilliseconds() / 1000.0, skew = tokens.ClockSkew.TotalSeconds;
        if (JsonWebToken.Text(claims, "iss") != tokens.Issuer)
        {
            return TokenCheckResult.WrongIssuer;
        }

        if (!IsFor(claims, tokens.Audience!))
        {
            return TokenCheckResult.WrongAudience;
        }

        // Written so that NaN, a time that is none, fails.
        if (!(Seconds(claims, "exp") + skew > now))
        {
            return TokenCheckResult.Expired;
        }

        if (Seconds(claims, "nbf") is { } begin && !(begin - skew <= now))
        {
            return TokenCheckResult.NotYetValid;
        }

        return JsonWebToken.Text(claims, "sub") is { Length: > 0 and <= MostSubjectCharacters } subject && !subject.Any(char.IsControl)
            ? TokenCheckResult.Accepted
            : TokenCheckResult.NoSubject;
    }
}
