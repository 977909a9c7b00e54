using System.Collections.Concurrent;
using Bridge.Configuration;
using Bridge.Mcp.Listing;
using Bridge.Mcp.Messages;
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
    private readonly HeldRequests _held;
    private readonly McpServers _servers;
    private readonly SessionNews _news;
    private readonly IResultStore _results;
    private readonly IOptionsMonitor<BridgeOptions> _options;
    private readonly ILogger<McpGateway> _logger;

    internal McpGateway(
        MethodTable methods, McpServers servers, SessionNews news, IResultStore results, IOptionsMonitor<BridgeOptions> options, ILogger<McpGateway> logger)
    {
        (_methods, _servers, _news, _results, _options, _logger) = (methods, servers, news, results, options, logger);
        _held = new HeldRequests(methods);
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
    /// <param name="view">What it asks to see.</param>
    /// <returns>The session; <see langword="null"/> when there are as many as allowed.</returns>
    public GatewaySession? Open(ClientIdentity identity, GatewayView view)
    {
        ArgumentNullException.ThrowIfNull(identity);
        ArgumentNullException.ThrowIfNull(view);
        if (_sessions.Count >= _options.CurrentValue.Gateway.MaxSessions)
        {
            return null;
        }

        var session = new GatewaySession(identity, Settle(view, identity), _methods, Register, Close) { AskedView = view, Results = _results };
        session.Listen();
        GatewayLog.Opened(_logger, identity.Id, session.Id);
        return session;
    }

    /// <summary>Answers one request of the revision without sessions.</summary>
    /// <param name="identity">Who the client is.</param>
    /// <param name="view">What it sees.</param>
    /// <param name="message">The request; its <c>_meta</c> says what the client can do.</param>
    /// <param name="reply">Where the answer goes, and what comes before it.</param>
    /// <param name="cancellationToken">The client no longer waits, which cancels the request.</param>
    /// <returns>When the answer was handed over.</returns>
    public async Task AnswerAsync(
        ClientIdentity identity, GatewayView view, RpcMessage message, IMessageSink reply, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(identity);
        ArgumentNullException.ThrowIfNull(view);
        ArgumentNullException.ThrowIfNull(message);
        ArgumentNullException.ThrowIfNull(reply);
        using var session = new GatewaySession(identity, Settle(view, identity), _methods, Register, Close) { Results = _results };
        RequestMeta meta = RequestMeta.Of(message);
        session.Profile = new ClientProfile(ProtocolRevisions.Stateless, meta.Capabilities) { Name = meta.Client };
        session.LogRank = meta.LogLevel is { } level ? LogLevels.RankOf(level) : null;
        if (await _held.RunAsync(session, message, reply, cancellationToken).ConfigureAwait(false) is { } answer)
        {
            await reply.SendAsync(answer, cancellationToken).ConfigureAwait(false);
        }
    }

    private GatewayView Settle(GatewayView asked, ClientIdentity identity) => ClientViews.Settle(asked, identity, _options.CurrentValue.Gateway);

    private void Register(GatewaySession session) => _sessions[session.Id] = session;

    private void Close(GatewaySession session)
    {
        _sessions.TryRemove(session.Id, out _);
        _news.Forget(session);
        GatewayLog.Closed(_logger, session.Id);
    }
}
