using System.Collections.Concurrent;
using Bridge.Configuration;
using Bridge.Mcp.Gateway;
using Bridge.Mcp.Listing;
using Bridge.Tools;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;

namespace Bridge.Http.Gateway;

/// <summary>The sessions of clients over HTTP; those that nobody uses any more are ended.</summary>
internal sealed class HttpSessions : IDisposable
{
    private static readonly TimeSpan s_sweep = TimeSpan.FromSeconds(5);

    private readonly ConcurrentDictionary<string, HttpSession> _sessions = new(StringComparer.Ordinal);
    private readonly McpGateway _gateway;
    private readonly IOptionsMonitor<BridgeOptions> _options;
    private readonly TimeProvider _time;
    private readonly ITimer _sweeper;
    private readonly CancellationTokenRegistration _stopping;

    public HttpSessions(McpGateway gateway, IOptionsMonitor<BridgeOptions> options, TimeProvider time, IHostApplicationLifetime lifetime)
    {
        (_gateway, _options, _time) = (gateway, options, time);
        _sweeper = time.CreateTimer(static sessions => ((HttpSessions)sessions!).EndIdle(), this, s_sweep, s_sweep);
        Stopping = lifetime.ApplicationStopping;
        _stopping = lifetime.ApplicationStopping.Register(EndAll); // open streams would keep the server from stopping
    }

    /// <summary>The server stops.</summary>
    public CancellationToken Stopping { get; }

    /// <summary>Opens a session.</summary>
    /// <param name="identity">Who the client is.</param>
    /// <param name="view">What it sees.</param>
    /// <returns>The session; <see langword="null"/> when there are as many as allowed.</returns>
    public HttpSession? Open(ClientIdentity identity, GatewayView view)
    {
        if ((_gateway.Open(identity, view) ?? OpenInPlaceOfLost(identity, view)) is not { } core)
        {
            return null;
        }

        var session = new HttpSession(core, _time);
        _sessions[core.Id] = session;
        core.Ended.Register(() => _sessions.TryRemove(core.Id, out _));
        return session;
    }

    /// <summary>Finds a session.</summary>
    /// <param name="id">Its id.</param>
    /// <param name="identity">Who asks: nobody finds the session of somebody else.</param>
    /// <param name="view">What the address shows.</param>
    /// <returns>The session; <see langword="null"/> when the client has no such session here.</returns>
    public HttpSession? Find(string id, ClientIdentity identity, GatewayView? view)
    {
        bool found = _sessions.TryGetValue(id, out HttpSession? session)
            && session.Core.Identity.Id == identity.Id
            && (view is null || session.Core.AskedView == view);
        if (!found)
        {
            return null;
        }

        session!.Touch();
        return session;
    }

    public void Dispose()
    {
        _stopping.Dispose();
        _sweeper.Dispose();
        EndAll();
    }

    // Clients that were killed must not shut others out until their time is over.
    private GatewaySession? OpenInPlaceOfLost(ClientIdentity identity, GatewayView view)
    {
        foreach (HttpSession session in _sessions.Values.Where(session => session.IsLost && session.IdleTime > TimeSpan.Zero))
        {
            session.Core.Dispose();
        }

        return _gateway.Open(identity, view);
    }

    private void EndIdle()
    {
        GatewayOptions gateway = _options.CurrentValue.Gateway;
        TimeSpan lost = gateway.LostTimeout < gateway.IdleTimeout ? gateway.LostTimeout : gateway.IdleTimeout;
        foreach (HttpSession session in _sessions.Values)
        {
            if (session.IdleTime >= (session.IsLost ? lost : gateway.IdleTimeout))
            {
                session.Core.Dispose();
            }
        }
    }

    private void EndAll()
    {
        foreach (HttpSession session in _sessions.Values)
        {
            session.Core.Dispose();
        }
    }
}
