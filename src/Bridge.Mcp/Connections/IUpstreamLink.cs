using ModelContextProtocol.Client;

namespace Bridge.Mcp.Connections;

/// <summary>One open way to a server: its process, or its HTTP client.</summary>
internal interface IUpstreamLink : IAsyncDisposable
{
    /// <summary>The transport for the protocol.</summary>
    IClientTransport Transport { get; }

    /// <summary>Ends, with the reason, when the way is known to be broken; never ends where that shows only on use.</summary>
    Task<string> Broken { get; }

    /// <summary>What the server said beside the protocol, such as its standard error; empty for nothing.</summary>
    string Diagnostics { get; }
}
