using Bridge.Mcp.Credentials;
using Bridge.Mcp.SignIn;

namespace Bridge.Mcp.Connections;

/// <summary>What the connections of all servers share: their bounds, and the logins.</summary>
internal sealed record ConnectionOptions
{
    /// <summary>The first wait before connecting again; each further one doubles, with jitter.</summary>
    public TimeSpan FirstRetry { get; init; } = TimeSpan.FromMilliseconds(250);

    /// <summary>The longest wait before connecting again.</summary>
    public TimeSpan LastRetry { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>How long a session must live before the waits begin anew.</summary>
    public TimeSpan StableAfter { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>How long a call waits for a server that is being connected again.</summary>
    public TimeSpan ReconnectWait { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>How long a session of one identity is kept without a call.</summary>
    public TimeSpan IdleTimeout { get; init; } = TimeSpan.FromMinutes(10);

    /// <summary>The largest message of a server, in bytes.</summary>
    public long MaxMessageBytes { get; init; } = 64L * 1024 * 1024;

    /// <summary>The logins at servers; <see langword="null"/> for none.</summary>
    public UpstreamLogins? Logins { get; init; }

    /// <summary>The credentials of single clients; <see langword="null"/> for none.</summary>
    public ClientCredentials? Credentials { get; init; }

    /// <summary>Told how a server refused a request; may be <see langword="null"/>.</summary>
    public Action<AuthorizationChallenge>? Challenged { get; init; }
}
