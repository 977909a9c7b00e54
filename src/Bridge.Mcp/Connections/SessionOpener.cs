using System.Net;
using Bridge.Mcp.Configuration;
using Bridge.Mcp.Credentials;
using Bridge.Mcp.Messages;
using Bridge.Mcp.Wire;
using Microsoft.Extensions.Logging;
using ModelContextProtocol.Client;
using ModelContextProtocol.Protocol;

namespace Bridge.Mcp.Connections;

/// <summary>Opens sessions with one server for one identity: finds the credential, the address, the transport and the version of the protocol that it speaks.</summary>
internal sealed class SessionOpener(McpServerConfig config, string identity, ConnectionOptions options, ILoggerFactory loggers, TimeProvider time)
{
    // Servers that drop what they do not know are waited for no longer than that before a session is tried.
    private static readonly TimeSpan s_probe = TimeSpan.FromSeconds(5);

    private static readonly string[] s_usualPaths = ["/mcp", "/sse"];

    private readonly ILogger _logger = loggers.CreateLogger<SessionOpener>();
    private string _version = config.Transport == McpTransport.Sse ? ProtocolVersions.NewestWithSessions : ProtocolVersions.Any;
    private Uri? _url = config.Url;
    private McpServerConfig? _ofClient;

    /// <summary>Opens a session.</summary>
    /// <param name="notice">Told of what the server says by itself; never waits.</param>
    /// <param name="cancellationToken">Ends the attempt.</param>
    /// <returns>The initialized session.</returns>
    /// <exception cref="UpstreamException">The server cannot be used, with the reason and the cure.</exception>
    public async Task<UpstreamSession> OpenAsync(Action<JsonRpcNotification> notice, CancellationToken cancellationToken)
    {
        await TakeCredentialAsync(cancellationToken).ConfigureAwait(false);
        if (config.Transport == McpTransport.Stdio)
        {
            return await OpenAtAsync(null, notice, cancellationToken).ConfigureAwait(false);
        }

        UpstreamException? first = null;
        foreach (Uri url in Addresses())
        {
            try
            {
                UpstreamSession session = await OpenAtAsync(url, notice, cancellationToken).ConfigureAwait(false);
                _url = url;
                return session;
            }
            catch (UpstreamException error) when (NotAnEndpoint(error))
            {
                first ??= error;
            }
        }

        throw first!;
    }

    /// <summary>The server with the credential that is shown.</summary>
    private McpServerConfig Config => _ofClient ?? config;

    // Each session takes what its client has by then.
    private async Task TakeCredentialAsync(CancellationToken cancellationToken)
    {
        if (!config.CredentialPerClient || config.Client is not null)
        {
            return;
        }

        try
        {
            ClientCredentials credentials = options.Credentials ?? throw new MissingCredentialException("Nothing keeps the credentials of clients here.", "Give the program a store.");
            _ofClient = await credentials.ResolveAsync(config, identity, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception error) when (error is MissingCredentialException or IOException)
        {
            throw ConnectionFailure.Describe(config, error, "");
        }
    }

    // A bare host is what people write; the endpoint is then at one of two usual places.
    private IEnumerable<Uri> Addresses()
    {
        yield return _url!;
        if (_url!.AbsolutePath == "/" && _url.Query.Length == 0)
        {
            foreach (string path in s_usualPaths)
            {
                yield return new Uri(_url, path);
            }
        }
    }

    private static TimeSpan Shorter(TimeSpan one, TimeSpan other) => one < other ? one : other;

    private static bool NotAnEndpoint(UpstreamException error) =>
        ConnectionFailure.Find<HttpRequestException>(error)?.StatusCode is HttpStatusCode.NotFound or HttpStatusCode.MethodNotAllowed;

    private async Task<UpstreamSession> OpenAtAsync(Uri? url, Action<JsonRpcNotification> notice, CancellationToken cancellationToken)
    {
        UpstreamException? first = null;
        for (int attempt = 0; ; attempt++)
        {
            IUpstreamLink? link = null;
            try
            {
                link = url is null ? StdioLink.Open(Config, options, loggers, time) : HttpLink.Open(Config, url, options, loggers);
                return await InitializeAsync(link, notice, cancellationToken).ConfigureAwait(false);
            }
            catch (Exception error)
            {
                Exception cause = link is null ? error : await CloseAsync(link, error).ConfigureAwait(false);
                if (cancellationToken.IsCancellationRequested && first is not null)
                {
                    throw first; // it says more than that the time for another version did not suffice
                }

                cancellationToken.ThrowIfCancellationRequested();
                UpstreamException said = ConnectionFailure.Describe(Config, cause, link?.Diagnostics ?? "");
                if (attempt >= 2 || ProtocolVersions.After(error, _version) is not { } next)
                {
                    throw said;
                }

                first ??= said;

                ConnectionLog.OtherVersion(_logger, config.Id, next);
                _version = next;
            }
        }
    }

    // The death of the process says more than the end of its output, and comes a moment later.
    private async Task<Exception> CloseAsync(IUpstreamLink link, Exception error)
    {
        if (error is IOException && config.Transport == McpTransport.Stdio)
        {
            await Task.WhenAny(link.Broken, Task.Delay(TimeSpan.FromMilliseconds(500), time)).ConfigureAwait(false);
            error = link.Broken.IsCompleted ? Ended(await link.Broken.ConfigureAwait(false)) : error;
        }

        await link.DisposeAsync().ConfigureAwait(false);
        return error;
    }

    private static UpstreamException Ended(string reason) => new($"{reason} before it was initialized", "Run its command in a terminal to see why.");

    private async Task<UpstreamSession> InitializeAsync(IUpstreamLink link, Action<JsonRpcNotification> notice, CancellationToken cancellationToken)
    {
        var calls = new ActiveCalls();
        using var given = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var events = new UpstreamEvents(calls, new ServerQuestions(config.Id), notice);
        var transport = new TappedTransport(link.Transport, events);
        Task<McpClient> connecting = McpClient.CreateAsync(transport, ClientOptions(calls), loggers, given.Token);
        try
        {
            Task first = await Task.WhenAny(connecting, link.Broken).ConfigureAwait(false);
            if (first != connecting)
            {
                throw Ended(await link.Broken.ConfigureAwait(false));
            }

            McpClient client = await connecting.ConfigureAwait(false);
            _version = client.NegotiatedProtocolVersion ?? _version; // the next time it is not asked again
            var session = new UpstreamSession(Config, link, client, calls, Speak(client, transport.Wire!, events, calls, notice), time)
            {
                Hang = config.Transport == McpTransport.Stdio ? new HangCheck(transport.Wire!, calls, config.StartTimeout, time) : null,
            };
            await session.BeginAsync(given.Token).ConfigureAwait(false);
            return session;
        }
        catch
        {
            await given.CancelAsync().ConfigureAwait(false);
            _ = connecting.ContinueWith(static late => late.Exception, TaskScheduler.Default);
            throw;
        }
    }

    /// <summary>The one place where it is decided how a server is spoken with.</summary>
    private IUpstreamRevision Speak(McpClient client, WireTap wire, UpstreamEvents events, ActiveCalls calls, Action<JsonRpcNotification> notice)
    {
        bool isPipe = config.Transport == McpTransport.Stdio, hasSessions = ProtocolVersions.HasSessions(client.NegotiatedProtocolVersion);
        var sender = new RequestSender(wire, isPipe, tellsCancelled: isPipe || hasSessions, time);
        if (hasSessions)
        {
            return new SessionRevision(sender, new SessionTasks(config.Id, TaskWords.Has(wire.Capabilities, "tasks", "requests", "tools", "call"), sender, calls, time));
        }

        events.Changes = new ChangeListener(sender, client.ServerCapabilities, notice, time);
        var questions = new ServerQuestions(config.Id);
        var tasks = new StatelessTasks(config.Id, TaskWords.Has(wire.Capabilities, "extensions", TaskWords.Extension), sender, questions, time);
        return new StatelessRevision(sender, new InputRounds(config.Id, sender, questions, time), tasks, events.Changes);
    }

    private McpClientOptions ClientOptions(ActiveCalls calls)
    {
        var questions = new ServerQuestions(config.Id);
#pragma warning disable MCP9005 // sampling is obsolete in the newest version only; servers of all others may ask
        return new McpClientOptions
        {
            ClientInfo = new Implementation { Name = "bridge", Version = typeof(SessionOpener).Assembly.GetName().Version?.ToString(3) ?? "0" },
            ProtocolVersion = _version == ProtocolVersions.Any ? null : _version,
            DiscoverProbeTimeout = _version == ProtocolVersions.Any ? Shorter(s_probe, config.StartTimeout / 2) : config.StartTimeout,
            InitializationTimeout = config.StartTimeout,
            Capabilities = new ClientCapabilities
            {
                Elicitation = new ElicitationCapability { Form = new FormElicitationCapability(), Url = new UrlElicitationCapability() },
                Sampling = new SamplingCapability { Context = new SamplingContextCapability(), Tools = new SamplingToolsCapability() },
                Roots = new RootsCapability { ListChanged = true },
            },
            Handlers = new McpClientHandlers
            {
                ElicitationHandler = (request, token) => questions.ElicitAsync(calls.FindInteraction(), request, token),
                RootsHandler = static (_, _) => ValueTask.FromResult(new ListRootsResult { Roots = [] }),
                SamplingHandler = (request, _, token) => questions.SampleAsync(calls.FindInteraction(), request, token),
            },
        };
#pragma warning restore MCP9005
    }
}
