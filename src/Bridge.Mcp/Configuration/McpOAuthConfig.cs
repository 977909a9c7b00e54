using System.Collections.Immutable;

namespace Bridge.Mcp.Configuration;

/// <summary>What the user wrote about signing in to a server with OAuth. Immutable; nothing of it is needed where a server registers its clients itself.</summary>
public sealed record McpOAuthConfig
{
    /// <summary>The id of a client that was registered by hand.</summary>
    public string? ClientId { get; init; }

    /// <summary>The secret of that client.</summary>
    public string? ClientSecret { get; init; }

    /// <summary>The https address of a client id metadata document, which is then the client's id.</summary>
    public Uri? ClientMetadataUrl { get; init; }

    /// <summary>The scopes to ask for.</summary>
    /// <value>When empty, those the server asks for.</value>
    public ImmutableArray<string> Scopes { get; init; } = [];

    /// <summary>The port on 127.0.0.1 that the browser is sent back to.</summary>
    /// <value>When not set, a free one.</value>
    public int? CallbackPort { get; init; }

    /// <summary>Origins that the server's metadata may lead to although they are not public.</summary>
    public ImmutableArray<Uri> AllowedOrigins { get; init; } = [];

    /// <inheritdoc/>
    public override string ToString() => ClientId ?? ""; // never the secret
}
