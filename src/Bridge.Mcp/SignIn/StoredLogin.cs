using System.Text.Json;
using System.Text.Json.Serialization;

namespace Bridge.Mcp.SignIn;

/// <summary>A login as it is kept: the tokens, and everything that getting the next ones needs.</summary>
internal sealed record StoredLogin
{
    /// <summary>The client it is of; <see langword="null"/> where one login serves all, or is the local user's.</summary>
    public string? For { get; init; }

    public required string Resource { get; init; }

    public required string Issuer { get; init; }

    public required string TokenEndpoint { get; init; }

    public string? RevocationEndpoint { get; init; }

    public required OAuthClient Client { get; init; }

    public required IReadOnlyList<string> Scopes { get; init; }

    /// <summary>Scopes that the server wanted for a call and the login lacks: the next login asks for them.</summary>
    public IReadOnlyList<string> Wanted { get; init; } = [];

    public string? AccessToken { get; init; }

    public string? RefreshToken { get; init; }

    public DateTimeOffset? Expires { get; init; }

    /// <summary>A process is getting new tokens until then; others wait, because a refresh token serves once.</summary>
    public DateTimeOffset? RefreshingUntil { get; init; }

    /// <summary>The login is over: only a person can make a new one.</summary>
    [JsonIgnore]
    public bool IsOver => AccessToken is null;

    public static byte[] Write<T>(T value)
        where T : class => JsonSerializer.SerializeToUtf8Bytes(value, typeof(T), StoredLoginJsonContext.Default);

    public static T Read<T>(ReadOnlyMemory<byte> json)
        where T : class => (T)JsonSerializer.Deserialize(json.Span, typeof(T), StoredLoginJsonContext.Default)!;

    /// <summary>The same login with other tokens; a server that gives no new refresh token lets the old one serve on.</summary>
    public StoredLogin With(TokenGrant tokens) => this with
    {
        AccessToken = tokens.Access,
        RefreshToken = tokens.Refresh ?? RefreshToken,
        Expires = tokens.Expires,
        Scopes = tokens.Scope is null ? Scopes : AuthorizationChallenge.ScopesOf(tokens.Scope),
        RefreshingUntil = null,
    };

    /// <inheritdoc/>
    public override string ToString() => Issuer; // never the tokens
}

/// <summary>How logins are written without reflection.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower, RespectNullableAnnotations = true, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(StoredLogin))]
[JsonSerializable(typeof(OAuthClient))]
internal sealed partial class StoredLoginJsonContext : JsonSerializerContext;
