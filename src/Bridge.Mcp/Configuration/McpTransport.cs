namespace Bridge.Mcp.Configuration;

/// <summary>How a server is reached.</summary>
public enum McpTransport
{
    /// <summary>A process Bridge starts, over its standard streams.</summary>
    Stdio,

    /// <summary>Streamable HTTP, or legacy SSE where the server speaks only that.</summary>
    Http,

    /// <summary>Streamable HTTP only.</summary>
    StreamableHttp,

    /// <summary>Legacy HTTP with server-sent events only.</summary>
    Sse,
}
