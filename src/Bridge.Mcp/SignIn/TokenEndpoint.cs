using System.Text.Json.Nodes;

namespace Bridge.Mcp.SignIn;

/// <summary>Tokens as an authorization server gave them.</summary>
/// <param name="Access">What the server is shown.</param>
/// <param name="Refresh">What gets the next ones, if anything does.</param>
/// <param name="Expires">When the first ends, as far as it was said.</param>
/// <param name="Scope">What they allow; <see langword="null"/> for what was asked for.</param>
internal sealed record TokenGrant(string Access, string? Refresh, DateTimeOffset? Expires, string? Scope)
{
    /// <inheritdoc/>
    public override string ToString() => "(tokens)";
}

/// <summary>Asks for tokens; for the address that the issuer itself named, and with its own client alone.</summary>
internal sealed class TokenEndpoint(LearnedHttp http, TimeProvider time)
{
    /// <summary>Exchanges a code for tokens.</summary>
    /// <exception cref="SignInException">The server gave none.</exception>
    public Task<TokenGrant> ExchangeAsync(Uri address, OAuthClient client, string code, string verifier, string resource, CancellationToken cancellationToken) =>
        AskAsync(
            address,
            client,
            new(StringComparer.Ordinal) { ["grant_type"] = "authorization_code", ["code"] = code, ["code_verifier"] = verifier, ["redirect_uri"] = client.Redirect, ["resource"] = resource },
            cancellationToken);

    /// <summary>Exchanges a refresh token for new tokens.</summary>
    /// <exception cref="SignInException">The server gave none; <see cref="SignInException.IsOver"/> when it never will again.</exception>
    public Task<TokenGrant> RefreshAsync(Uri address, OAuthClient client, string refreshToken, string resource, CancellationToken cancellationToken) =>
        AskAsync(address, client, new(StringComparer.Ordinal) { ["grant_type"] = "refresh_token", ["refresh_token"] = refreshToken, ["resource"] = resource }, cancellationToken);

    /// <summary>Gives a token back, as well as it goes.</summary>
    public async Task RevokeAsync(Uri address, OAuthClient client, string token, CancellationToken cancellationToken)
    {
        using HttpResponseMessage response = await PostAsync(address, client, new(StringComparer.Ordinal) { ["token"] = token }, cancellationToken).ConfigureAwait(false);
    }

    private async Task<TokenGrant> AskAsync(Uri address, OAuthClient client, Dictionary<string, string> form, CancellationToken cancellationToken)
    {
        using HttpResponseMessage response = await PostAsync(address, client, form, cancellationToken).ConfigureAwait(false);
        if ((int)response.StatusCode >= 500)
        {
            throw new SignInException($"The authorization server answered HTTP {(int)response.StatusCode}.", "Try again later.");
        }

        JsonObject answer = await LearnedHttp.ReadAsync(address, response, cancellationToken).ConfigureAwait(false);
        if (!response.IsSuccessStatusCode || Member.Text(answer, "access_token") is not { } access)
        {
            // Its code is one of few words; its description could repeat what was sent.
            string error = Member.Text(answer, "error") is { Length: <= 60 } code && code.All(letter => char.IsAsciiLetterLower(letter) || letter == '_') ? code : "no error code";
            throw new SignInException($"The authorization server gave no token (HTTP {(int)response.StatusCode}, {error}).", "Log in anew.")
            {
                IsOver = error is "invalid_grant" or "invalid_client" or "unauthorized_client",
            };
        }

        if (!string.Equals(Member.Text(answer, "token_type"), "Bearer", StringComparison.OrdinalIgnoreCase) || access.AsSpan().ContainsAnyExceptInRange('!', '~'))
        {
            throw new SignInException("The authorization server gave a token that is not a bearer token.", "Tell the people who run it.");
        }

        DateTimeOffset? expires = Member.Number(answer, "expires_in") is { } seconds and > 0 ? time.GetUtcNow().AddSeconds(Math.Min(seconds, 10L * 365 * 86400)) : null;
        return new TokenGrant(access, Member.Text(answer, "refresh_token"), expires, Member.Text(answer, "scope"));
    }

    private async Task<HttpResponseMessage> PostAsync(Uri address, OAuthClient client, Dictionary<string, string> form, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, address);
        client.Sign(request, form);
        request.Headers.Accept.ParseAdd("application/json");
        request.Content = new FormUrlEncodedContent(form);
        return await http.SendAsync(request, cancellationToken).ConfigureAwait(false);
    }
}
