using System.Collections.Concurrent;
using Bridge.Configuration;
using Bridge.Mcp.Listing;
using Bridge.Mcp.Sources;
using Bridge.Tools;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Bridge.Mcp.Gateway;

/// <summary>The MCP server that Bridge is for other programs: all servers behind one, whatever transport the clients use. Thread-safe.</summary>
public sealed class McpGateway
{
    private readonly ConcurrentDictionary<string, GatewaySession> _sessions = new(StringComparer.Ordinal);
    private readonly MethodTable _methods;
    private readonly McpServers _servers;
    private readonly SessionNews _news;
    private readonly IOptionsMonitor<BridgeOptions> _options;
    private readonly ILogger<McpGateway> _logger;

    internal McpGateway(MethodTable methods, McpServers servers, SessionNews news, IOptionsMonitor<BridgeOptions> options, ILogger<McpGateway> logger)
    {
        (_methods, _servers, _news, _options, _logger) = (methods, servers, news, options, logger);
        _news.Begin(_sessions);
    }

    /// <summary>How many clients there are.</summary>
    public int SessionCount => _sessions.Count;

    /// <summary>Whether a server of that id is configured.</summary>
    /// <param name="server">The id.</param>
    /// <returns>Whether it is.</returns>
    public bool Knows(string server) => _servers.Find(server) is not null;

    /// <summary>Opens a session for a client.</summary>
    /// <param name="identity">Who the client is.</param>
    /// <param name="view">What it sees.</param>
    /// <returns>The session; <see langword="null"/> when there are as many as allowed.</returns>
    public GatewaySession? Open(ClientIdentity identity, GatewayView view)
    {
        ArgumentNullException.ThrowIfNull(identity);
        ArgumentNullException.ThrowIfNull(view);
        if (_sessions.Count >= _options.CurrentValue.Gateway.MaxSessions)
        {
            return null;
        }

        var session = new GatewaySession(identity, view, _methods, Close);
        _sessions[session.Id] = session;
        GatewayLog.Opened(_logger, identity.Id, session.Id);
        return session;
    }

    private void Close(GatewaySession session)
    {
        _sessions.TryRemove(session.Id, out _);
        _news.Forget(session);
        GatewayLog.Closed(_logger, session.Id);
    }
}
