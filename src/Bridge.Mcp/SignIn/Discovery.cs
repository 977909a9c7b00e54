using Bridge.Mcp.Configuration;

namespace Bridge.Mcp.SignIn;

/// <summary>What a login to a server needs to know.</summary>
/// <param name="Resource">What tokens are asked for (RFC 8707), letter by letter.</param>
/// <param name="Scopes">The scopes the server names where its challenge names none.</param>
/// <param name="Issuer">Who gives the tokens.</param>
internal sealed record LoginPlace(string Resource, IReadOnlyList<string> Scopes, IssuerMetadata Issuer);

/// <summary>Finds out who gives tokens for a server: its own metadata (RFC 9728), then those of the authorization server (RFC 8414, OpenID Connect Discovery).</summary>
internal sealed class Discovery(McpServerConfig config, LearnedHttp http)
{
    private const string ResourceWellKnown = "/.well-known/oauth-protected-resource";

    /// <exception cref="SignInException">The server cannot be logged in to.</exception>
    public async Task<LoginPlace> FindAsync(AuthorizationChallenge challenge, CancellationToken cancellationToken)
    {
        foreach (Uri address in ResourceAddresses(challenge))
        {
            if (await http.GetAsync(address, cancellationToken).ConfigureAwait(false) is not { } json)
            {
                continue;
            }

            string resource = Member.Text(json, "resource") is { } named && Covers(named, challenge.Endpoint)
                ? named
                : throw new SignInException($"'{address.GetLeftPart(UriPartial.Path)}' describes another resource, '{Member.Text(json, "resource")}'.", "Do not log in; correct 'url', or tell the people who run the server.");
            string issuer = Member.Texts(json, "authorization_servers").FirstOrDefault()
                ?? throw new SignInException($"The server '{config.Id}' names no authorization server.", "Use a credential in 'headers', or tell the people who run the server.");
            return new LoginPlace(resource, Member.Texts(json, "scopes_supported"), await FindIssuerAsync(issuer, cancellationToken).ConfigureAwait(false));
        }

        // Servers of 2025-03-26 are their own authorization servers and have no metadata beside that one's.
        string origin = challenge.Endpoint.GetLeftPart(UriPartial.Authority);
        return new LoginPlace(challenge.Endpoint.GetLeftPart(UriPartial.Path), [], await FindIssuerAsync(origin, cancellationToken).ConfigureAwait(false));
    }

    private async Task<IssuerMetadata> FindIssuerAsync(string issuer, CancellationToken cancellationToken)
    {
        if (!Uri.TryCreate(issuer, UriKind.Absolute, out Uri? address) || address.Query.Length > 0 || address.Fragment.Length > 0)
        {
            throw new SignInException($"'{issuer}' is not the name of an authorization server.", "Tell the people who run the server.");
        }

        foreach (Uri place in IssuerAddresses(address))
        {
            if (await http.GetAsync(place, cancellationToken).ConfigureAwait(false) is { } json)
            {
                return IssuerMetadata.Read(json, issuer, http);
            }
        }

        throw new SignInException($"The server '{config.Id}' offers no login: nothing at '{issuer}' describes an authorization server.", "Put a credential into 'headers', such as { \"Authorization\": \"Bearer ${TOKEN}\" }.");
    }

    private static IEnumerable<Uri> ResourceAddresses(AuthorizationChallenge challenge)
    {
        if (challenge.Metadata is { } named)
        {
            return [named];
        }

        string path = challenge.Endpoint.AbsolutePath.TrimEnd('/');
        return new[] { ResourceWellKnown + path, ResourceWellKnown }.Distinct().Select(place => new Uri(challenge.Endpoint, place));
    }

    private static IEnumerable<Uri> IssuerAddresses(Uri issuer)
    {
        string path = issuer.AbsolutePath.TrimEnd('/');
        IEnumerable<string> places = path.Length == 0
            ? ["/.well-known/oauth-authorization-server", "/.well-known/openid-configuration"]
            : [$"/.well-known/oauth-authorization-server{path}", $"/.well-known/openid-configuration{path}", $"{path}/.well-known/openid-configuration"];
        return places.Select(place => new Uri(issuer, place));
    }

    // A token for the resource is sent to everything below it, so it must not be another's, nor wider than its origin.
    private static bool Covers(string resource, Uri endpoint)
    {
        if (!Uri.TryCreate(resource, UriKind.Absolute, out Uri? named) || named.Fragment.Length > 0 || !LearnedHttp.IsSameOrigin(named, endpoint))
        {
            return false;
        }

        string path = named.AbsolutePath.TrimEnd('/');
        return endpoint.AbsolutePath.TrimEnd('/') == path || endpoint.AbsolutePath.StartsWith(path + "/", StringComparison.Ordinal);
    }
}
