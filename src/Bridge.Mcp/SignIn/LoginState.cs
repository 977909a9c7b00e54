using System.Collections.Immutable;

namespace Bridge.Mcp.SignIn;

/// <summary>What is known of a login at a server.</summary>
/// <param name="Issuer">Who gave the tokens.</param>
/// <param name="Scopes">What they allow.</param>
/// <param name="Expires">When the present token ends; another is got before then where the issuer gives one.</param>
/// <param name="IsOver">Only a person can make a new one.</param>
public sealed record LoginState(string Issuer, ImmutableArray<string> Scopes, DateTimeOffset? Expires, bool IsOver)
{
    /// <summary>Scopes that the server wanted for a call and the login lacks.</summary>
    public ImmutableArray<string> Wanted { get; init; } = [];
}
