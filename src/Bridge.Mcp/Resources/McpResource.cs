namespace Bridge.Mcp.Resources;

/// <summary>A resource that a server offers, or a template of many.</summary>
/// <param name="Server">The server's id.</param>
/// <param name="Uri">The resource's URI; a URI template (RFC 6570) when <paramref name="IsTemplate"/>.</param>
/// <param name="Name">The resource's name.</param>
/// <param name="IsTemplate">Whether the URI has blanks.</param>
public sealed record McpResource(string Server, string Uri, string Name, bool IsTemplate)
{
    /// <summary>A title for people; <see langword="null"/> when the server gave none.</summary>
    public string? Title { get; init; }

    /// <summary>What the resource is; <see langword="null"/> when the server does not say.</summary>
    public string? Description { get; init; }

    /// <summary>The media type; <see langword="null"/> when the server does not say.</summary>
    public string? MediaType { get; init; }

    /// <summary>The size in bytes; <see langword="null"/> when the server does not say.</summary>
    public long? Size { get; init; }
}
