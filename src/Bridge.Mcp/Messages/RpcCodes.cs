namespace Bridge.Mcp.Messages;

/// <summary>The error codes of JSON-RPC and of MCP.</summary>
public static class RpcCodes
{
    /// <summary>The text is not JSON.</summary>
    public const int ParseError = -32700;

    /// <summary>The JSON is not a message, or comes at the wrong time.</summary>
    public const int InvalidRequest = -32600;

    /// <summary>The method is not known, or not offered.</summary>
    public const int MethodNotFound = -32601;

    /// <summary>The parameters do not fit the method.</summary>
    public const int InvalidParams = -32602;

    /// <summary>A fault.</summary>
    public const int InternalError = -32603;

    /// <summary>The headers of HTTP say something else than the message.</summary>
    public const int HeaderMismatch = -32020;

    /// <summary>The client did not declare what the request needs.</summary>
    public const int MissingCapability = -32021;

    /// <summary>The revision is not spoken.</summary>
    public const int UnsupportedRevision = -32022;

    /// <summary>There is no such resource, before 2026-07-28.</summary>
    public const int ResourceNotFound = -32002;
}
