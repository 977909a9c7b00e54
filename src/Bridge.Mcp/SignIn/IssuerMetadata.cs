using System.Text.Json.Nodes;

namespace Bridge.Mcp.SignIn;

/// <summary>What an authorization server says of itself (RFC 8414), as far as it is used.</summary>
/// <param name="Issuer">Its name, letter by letter.</param>
/// <param name="Authorization">Where a person consents.</param>
/// <param name="Token">Where codes become tokens.</param>
internal sealed record IssuerMetadata(string Issuer, Uri Authorization, Uri Token)
{
    /// <summary>Where clients register (RFC 7591).</summary>
    public Uri? Registration { get; init; }

    /// <summary>Where tokens are given back (RFC 7009).</summary>
    public Uri? Revocation { get; init; }

    /// <summary>Whether its answers name it (RFC 9207).</summary>
    public bool NamesItself { get; init; }

    /// <summary>Whether the address of a document may be a client's id.</summary>
    public bool ReadsClientDocuments { get; init; }

    /// <summary>Whether tokens that outlive the person's session are asked for by a scope.</summary>
    public bool KnowsOfflineAccess { get; init; }

    /// <summary>How clients may prove who they are; RFC 8414 names the default.</summary>
    public IReadOnlyList<string> AuthenticationMethods { get; init; } = [OAuthClient.Basic];

    /// <summary>Reads the metadata of an issuer.</summary>
    /// <exception cref="SignInException">They are another's, lack something, or the issuer does not protect codes (PKCE).</exception>
    public static IssuerMetadata Read(JsonObject json, string issuer, LearnedHttp http)
    {
        string? named = Member.Text(json, "issuer");
        if (named is null || !SameIssuer(named, issuer))
        {
            throw new SignInException($"The metadata of the authorization server '{issuer}' name another issuer, '{named}'.", "Do not log in; tell the people who run the server.");
        }

        if (!Member.Texts(json, "code_challenge_methods_supported").Contains("S256", StringComparer.Ordinal))
        {
            throw new SignInException($"The authorization server '{issuer}' does not say that it protects codes (PKCE with S256).", "Bridge does not log in without; use a credential in 'headers', or tell the people who run the server.");
        }

        Uri? Endpoint(string name) => Member.Text(json, name) is { } text
            ? http.Check(Uri.TryCreate(text, UriKind.Absolute, out Uri? address) ? address : throw Lacks(issuer, name))
            : null;
        string[] methods = Member.Texts(json, "token_endpoint_auth_methods_supported");
        return new IssuerMetadata(named, Endpoint("authorization_endpoint") ?? throw Lacks(issuer, "authorization_endpoint"), Endpoint("token_endpoint") ?? throw Lacks(issuer, "token_endpoint"))
        {
            Registration = Endpoint("registration_endpoint"),
            Revocation = Endpoint("revocation_endpoint"),
            NamesItself = Member.Flag(json, "authorization_response_iss_parameter_supported"),
            ReadsClientDocuments = Member.Flag(json, "client_id_metadata_document_supported"),
            KnowsOfflineAccess = Member.Texts(json, "scopes_supported").Contains("offline_access", StringComparer.Ordinal),
            AuthenticationMethods = methods.Length > 0 ? methods : [OAuthClient.Basic],
        };
    }

    // A bare host is written with and without its slash.
    private static bool SameIssuer(string one, string other) => one == other || one.TrimEnd('/') == other.TrimEnd('/');

    private static SignInException Lacks(string issuer, string name) =>
        new($"The metadata of the authorization server '{issuer}' have no usable '{name}'.", "Tell the people who run the server.");
}

/// <summary>Reads members of JSON that others wrote; of the wrong type counts as absent.</summary>
internal static class Member
{
    public static string? Text(JsonObject json, string name) =>
        json[name] is JsonValue value && value.TryGetValue(out string? text) && text.Length > 0 ? text : null;

    public static bool Flag(JsonObject json, string name) => json[name] is JsonValue value && value.TryGetValue(out bool flag) && flag;

    public static double? Number(JsonObject json, string name) =>
        json[name] is JsonValue value && value.TryGetValue(out double number) && double.IsFinite(number) ? number : null;

    public static string[] Texts(JsonObject json, string name) =>
        json[name] is JsonArray items ? [.. items.OfType<JsonValue>().Select(item => item.TryGetValue(out string? text) ? text : null).OfType<string>()] : [];
}
