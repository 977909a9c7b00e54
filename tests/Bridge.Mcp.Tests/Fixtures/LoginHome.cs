using System.Collections.Concurrent;
using Bridge.Mcp.Configuration;
using Bridge.Mcp.Credentials;
using Bridge.Mcp.Login;
using Bridge.Mcp.SignIn;
using Bridge.Storage;
using Bridge.TestKit;
using Microsoft.Extensions.Logging;

namespace Bridge.Mcp.Tests.Fixtures;

/// <summary>A data folder of a test, the logins in it, and a person who consents to everything.</summary>
internal sealed class LoginHome : IDisposable, ILoggerProvider, ILogger
{
    private readonly TemporaryFolder _folder = new();
    private readonly LoggerFactory _loggers;

    public LoginHome(TimeProvider? time = null)
    {
        Time = time ?? TimeProvider.System;
        _loggers = new LoggerFactory([this], new LoggerFilterOptions { MinLevel = LogLevel.Trace });
        Data = Path.Combine(_folder.Path, "data");
        Logins = OpenLogins();
        Credentials = new ClientCredentials(OpenStore(), Logins);
    }

    public TimeProvider Time { get; }

    public string Data { get; }

    public UpstreamLogins Logins { get; }

    public ClientCredentials Credentials { get; }

    public ILoggerFactory Loggers => _loggers;

    public ConcurrentQueue<string> Log { get; } = new();

    public ConcurrentQueue<Consent> Consents { get; } = new();

    public static McpServerConfig Server(FakeOAuthServer server, string id = "guarded", McpOAuthConfig? oauth = null) =>
        McpServerConfig.Http(id, server.Mcp) with { OAuth = oauth };

    /// <summary>The logins as another process sees them.</summary>
    public UpstreamLogins OpenLogins(string? masterKey = null) => new(OpenStore(masterKey), Time, _loggers);

    private CredentialStore OpenStore(string? masterKey = null)
    {
        DataFolder data = DataFolder.Open(Data);
        return new CredentialStore(new FileBridgeStore(data, Time), CredentialKey.Of(data, masterKey));
    }

    public Task<LoginResult> LoginAsync(McpServerConfig config, params string[] scopes) => LoginAsync(config, Consent, scopes);

    public Task<LoginResult> LoginAsync(McpServerConfig config, Func<Consent, CancellationToken, Task> show, params string[] scopes) =>
        new ServerLogin(Logins, TimeProvider.System, _loggers)
            .RunAsync(config, new LoginRequest { Scopes = [.. scopes], Patience = TimeSpan.FromSeconds(30), Show = show }, TestContext.Current.CancellationToken)
            .WaitAsync(Servers.Patience);

    public async Task Consent(Consent consent, CancellationToken cancellationToken)
    {
        Consents.Enqueue(consent);
        await FakeOAuthServer.VisitAsync(consent.Address);
    }

    public void Dispose()
    {
        _loggers.Dispose();
        _folder.Dispose();
    }

    public ILogger CreateLogger(string categoryName) => this;

    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => null;

    public bool IsEnabled(LogLevel logLevel) => true;

    void ILogger.Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
        Log.Enqueue($"{formatter(state, exception)} {exception}");
}
