using System.Text;
using System.Text.Json.Nodes;
using Bridge.Mcp.Configuration;

namespace Bridge.Mcp.SignIn;

/// <summary>Makes Bridge known to an authorization server: as configured, by a document, as registered before, or by a new registration (RFC 7591).</summary>
internal sealed class ClientRegistrar(McpServerConfig config, LearnedHttp http, LoginFiles files, TimeProvider time)
{
    /// <exception cref="SignInException">The server takes no client that Bridge could be.</exception>
    public async Task<OAuthClient> GetAsync(LoginPlace place, Uri redirect, IReadOnlyList<string> scopes, CancellationToken cancellationToken)
    {
        if (config.OAuth?.ClientId is { } id)
        {
            string? secret = config.OAuth.ClientSecret;
            return new OAuthClient(id, secret, OAuthClient.MethodOf(secret, place.Issuer.AuthenticationMethods), redirect.AbsoluteUri, null);
        }

        if (place.Issuer.ReadsClientDocuments && config.OAuth?.ClientMetadataUrl is { } document)
        {
            return new OAuthClient(document.AbsoluteUri, null, OAuthClient.None, redirect.AbsoluteUri, null);
        }

        if (await files.ReadClientAsync(config, place, cancellationToken).ConfigureAwait(false) is { } known
            && known.Redirect == redirect.AbsoluteUri && !(known.Expires <= time.GetUtcNow()))
        {
            return known;
        }

        Uri address = place.Issuer.Registration ?? throw new SignInException(
            $"The authorization server '{place.Issuer.Issuer}' registers no clients by itself.", "Register one there by hand and put its id into 'oauth.clientId' of the server in mcp.json.");
        OAuthClient registered = await RegisterAsync(address, place, redirect, scopes, cancellationToken).ConfigureAwait(false);
        await files.WriteClientAsync(config, place, registered, cancellationToken).ConfigureAwait(false);
        return registered;
    }

    private async Task<OAuthClient> RegisterAsync(
        Uri address, LoginPlace place, Uri redirect, IReadOnlyList<string> scopes, CancellationToken cancellationToken)
    {
        IReadOnlyList<string> offered = place.Issuer.AuthenticationMethods;
        string wanted = offered.Contains(OAuthClient.None, StringComparer.Ordinal) ? OAuthClient.None : OAuthClient.MethodOf("", offered);
        var body = new JsonObject
        {
            ["client_name"] = "Bridge",
            ["application_type"] = "native",
            ["redirect_uris"] = new JsonArray(redirect.AbsoluteUri),
            ["grant_types"] = new JsonArray("authorization_code", "refresh_token"),
            ["response_types"] = new JsonArray("code"),
            ["token_endpoint_auth_method"] = wanted,
        };
        if (scopes.Count > 0)
        {
            body["scope"] = string.Join(' ', scopes);
        }

        using var request = new HttpRequestMessage(HttpMethod.Post, address) { Content = new StringContent(body.ToJsonString(), Encoding.UTF8, "application/json") };
        using HttpResponseMessage response = await http.SendAsync(request, cancellationToken).ConfigureAwait(false);
        if (!response.IsSuccessStatusCode)
        {
            throw new SignInException($"The authorization server '{place.Issuer.Issuer}' refused to register Bridge (HTTP {(int)response.StatusCode}).", "Register a client there by hand and put its id into 'oauth.clientId' of the server in mcp.json.");
        }

        JsonObject answer = await LearnedHttp.ReadAsync(address, response, cancellationToken).ConfigureAwait(false);
        string id = Member.Text(answer, "client_id") ?? throw new SignInException($"The authorization server '{place.Issuer.Issuer}' registered Bridge without an id.", "Tell the people who run it.");
        string? secret = Member.Text(answer, "client_secret");
        string method = secret is null ? OAuthClient.None : Member.Text(answer, "token_endpoint_auth_method") is OAuthClient.Post ? OAuthClient.Post : OAuthClient.MethodOf(secret, offered);
        DateTimeOffset? expires = secret is not null && Member.Number(answer, "client_secret_expires_at") is { } end and > 0 and < 253402300800 ? DateTimeOffset.FromUnixTimeSeconds((long)end) : null;
        return new OAuthClient(id, secret, method, redirect.AbsoluteUri, expires);
    }
}
