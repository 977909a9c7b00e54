using Bridge.Http.Errors;
using Bridge.Identity;
using Bridge.Tools;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Primitives;

namespace Bridge.Http.Guards;

/// <summary>Lets in who shows a key, or a token of the configured issuer, with the scope the endpoint demands.</summary>
/// <remarks>What was shown goes no further than here: servers are called with what configuration says of them.</remarks>
internal sealed class KeyGuard(
    RequestDelegate next, KeyRing keys, TokenVerifier tokens, IOptions<AccessOptions> access, ILogger<KeyGuard> logger)
{
    private const string Scheme = "Bearer realm=\"bridge\"";
    private static readonly ClientIdentity s_localUser = ClientIdentity.Local with { Scopes = [KeyScopes.Admin] };

    public async Task InvokeAsync(HttpContext context)
    {
        // An address that leads nowhere is told only to those who hold some key.
        string? scope = context.GetEndpoint() is { } endpoint
            ? endpoint.Metadata.GetMetadata<AccessMetadata>() is { } demanded ? demanded.Scope : KeyScopes.Admin
            : "";
        ApiError? error = scope is null ? null
            : access.Value.NoAuth ? Admit(context, s_localUser)
            : await CheckAsync(context, scope).ConfigureAwait(false);
        if (error is null)
        {
            await next(context).ConfigureAwait(false);
            return;
        }

        GuardLog.NotAdmitted(logger, context.TraceIdentifier, error.Code);
        Challenge(context.Response, error);
        await ErrorWriter.WriteAsync(context, error).ConfigureAwait(false);
    }

    /// <summary>Tells how to get in, as RFC 6750 has it.</summary>
    private static void Challenge(HttpResponse response, ApiError error)
    {
        if (error.Status == StatusCodes.Status401Unauthorized)
        {
            response.Headers.WWWAuthenticate = error.Code == "missing_key" ? Scheme : $"{Scheme}, error=\"invalid_token\"";
        }
    }

    private static ApiError? Admit(HttpContext context, ClientIdentity identity)
    {
        context.SetBridgeIdentity(identity);
        return null;
    }

    private async ValueTask<ApiError?> CheckAsync(HttpContext context, string scope)
    {
        if (!TryReadKey(context.Request.Headers, out string? text))
        {
            return Unauthorized("ambiguous_key", "The request holds more than one key; send one, as 'Authorization: Bearer KEY' or as 'x-api-key: KEY'.");
        }

        if (text is null)
        {
            return Unauthorized(
                "missing_key",
                "The request holds no key; send one as 'Authorization: Bearer KEY' or as 'x-api-key: KEY'. 'bridge keys' prints this machine's.");
        }

        return tokens.Takes(text)
            ? await CheckTokenAsync(context, text, scope).ConfigureAwait(false)
            : await CheckKeyAsync(context, text, scope).ConfigureAwait(false);
    }

    private async ValueTask<ApiError?> CheckTokenAsync(HttpContext context, string text, string scope)
    {
        TokenCheck check = await tokens.CheckAsync(text, context.RequestAborted).ConfigureAwait(false);
        if (check.Identity is not { } identity)
        {
            return TokenRefusal.Of(check.Result);
        }

        if (scope.Length == 0 || identity.Scopes.Contains(scope) || identity.Scopes.Contains(KeyScopes.Admin))
        {
            return Admit(context, identity);
        }

        string name = tokens.NameOf(scope);
        context.Response.Headers.WWWAuthenticate = $"{Scheme}, error=\"insufficient_scope\", scope=\"{name}\"";
        return new ApiError(
            StatusCodes.Status403Forbidden, "scope_missing", $"The token of '{identity.Id}' lacks the scope '{name}' that this address demands.");
    }

    private async ValueTask<ApiError?> CheckKeyAsync(HttpContext context, string text, string scope)
    {
        KeyCheck check = await keys.CheckAsync(text, context.RequestAborted).ConfigureAwait(false);
        return check.Result switch
        {
            KeyCheckResult.Expired => Unauthorized("expired_key", "The key has expired; make a new one with 'bridge keys create'."),
            KeyCheckResult.Revoked => Unauthorized("revoked_key", "The key was revoked; make a new one with 'bridge keys create'."),
            KeyCheckResult.Unknown => Unauthorized("invalid_api_key", "The key is not known here; 'bridge keys' prints this machine's."),
            _ when scope.Length > 0 && !check.Key!.Allows(scope) => new ApiError(
                StatusCodes.Status403Forbidden, "scope_missing", $"The key '{check.Key.Id}' lacks the scope '{scope}' that this address demands."),
            _ => Admit(context, check.Key!.Identity),
        };
    }

    /// <summary>Reads the one key; <see langword="false"/> when there are several.</summary>
    private static bool TryReadKey(IHeaderDictionary headers, out string? key)
    {
        const string Prefix = "Bearer ";
        StringValues authorization = headers.Authorization, own = headers["x-api-key"];
        string? bearer = authorization is [{ } value] && value.StartsWith(Prefix, StringComparison.OrdinalIgnoreCase)
            ? value[Prefix.Length..].Trim()
            : null;
        key = bearer ?? (own is [{ } single] ? single.Trim() : null);
        return authorization.Count <= 1 && own.Count <= 1 && (bearer is null || own.Count == 0 || own == bearer);
    }

    private static ApiError Unauthorized(string code, string message) => new(StatusCodes.Status401Unauthorized, code, message);
}
