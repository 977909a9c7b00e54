namespace Bridge.Configuration;

/// <summary>JSON Web Tokens that a server of yours issues to clients, taken beside the keys that Bridge makes. Off while <see cref="Issuer"/> is not set.</summary>
public sealed class TokenOptions
{
    /// <summary>Who issues the tokens: their <c>iss</c>, exactly.</summary>
    public string? Issuer { get; set; }

    /// <summary>What the tokens are for: one of their <c>aud</c>, exactly.</summary>
    public string? Audience { get; set; }

    /// <summary>The issuer's public keys as a JSON Web Key Set, written out.</summary>
    public string? Keys { get; set; }

    /// <summary>The file of the issuer's public keys, a JSON Web Key Set.</summary>
    public string? KeysFile { get; set; }

    /// <summary>Where the issuer publishes its public keys, a JSON Web Key Set.</summary>
    public string? KeysUrl { get; set; }

    /// <summary>How the token's scopes that mean Bridge begin; the rest is one of Bridge's scopes.</summary>
    /// <value>The default is <c>bridge:</c>, so that <c>bridge:prompts</c> allows <c>prompts</c>.</value>
    public string ScopePrefix { get; set; } = "bridge:";

    /// <summary>How far the clocks of the issuer and of this machine may be apart.</summary>
    /// <value>The default is 30 seconds.</value>
    public TimeSpan ClockSkew { get; set; } = TimeSpan.FromSeconds(30);
}
