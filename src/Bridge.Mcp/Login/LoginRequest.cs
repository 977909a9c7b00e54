using System.Collections.Immutable;
using Bridge.Mcp.Probing;
using Bridge.Mcp.SignIn;

namespace Bridge.Mcp.Login;

/// <summary>What a login is to do.</summary>
public sealed record LoginRequest
{
    /// <summary>The scopes to ask for.</summary>
    /// <value>When empty, those configured, else those the server names.</value>
    public ImmutableArray<string> Scopes { get; init; } = [];

    /// <summary>How long the person has for the browser, each time it is opened.</summary>
    /// <value>The default is 5 minutes.</value>
    public TimeSpan Patience { get; init; } = TimeSpan.FromMinutes(5);

    /// <summary>Shows a person where to consent; the address is http or https. Called again when the server wants more.</summary>
    public required Func<Consent, CancellationToken, Task> Show { get; init; }
}

/// <summary>What a person is asked to consent to.</summary>
/// <param name="Address">Where, in a browser.</param>
/// <param name="Issuer">Who asks.</param>
/// <param name="Scopes">What Bridge would be allowed; empty for what the issuer gives by itself.</param>
public sealed record Consent(Uri Address, string Issuer, ImmutableArray<string> Scopes);

/// <summary>What came of a login.</summary>
/// <param name="Login">The login; <see langword="null"/> where the server needs none.</param>
/// <param name="Report">The connection with it.</param>
/// <param name="IsNew">Whether a person consented just now.</param>
public sealed record LoginResult(LoginState? Login, ServerTestReport Report, bool IsNew);
