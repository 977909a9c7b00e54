using System.Net;
using Bridge.Mcp.Configuration;
using Bridge.Mcp.Wire;
using Microsoft.Extensions.Logging;
using ModelContextProtocol.Client;
using ModelContextProtocol.Protocol;

namespace Bridge.Mcp.Connections;

/// <summary>Opens sessions with one server: finds the address, the transport and the version of the protocol that it speaks.</summary>
internal sealed class SessionOpener(McpServerConfig config, ConnectionOptions options, ILoggerFactory loggers, TimeProvider time)
{
    private static readonly string[] s_usualPaths = ["/mcp", "/sse"];

    private readonly ILogger _logger = loggers.CreateLogger<SessionOpener>();
    private string _version = ProtocolVersions.Preferred;
    private Uri? _url = config.Url;

    /// <summary>Opens a session.</summary>
    /// <param name="notice">Told of what the server says by itself; never waits.</param>
    /// <param name="cancellationToken">Ends the attempt.</param>
    /// <returns>The initialized session.</returns>
    /// <exception cref="UpstreamException">The server cannot be used, with the reason and the cure.</exception>
    public async Task<UpstreamSession> OpenAsync(Action<JsonRpcNotification> notice, CancellationToken cancellationToken)
    {
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

    private static bool NotAnEndpoint(UpstreamException error) =>
        ConnectionFailure.Find<HttpRequestException>(error)?.StatusCode is HttpStatusCode.NotFound or HttpStatusCode.MethodNotAllowed;

    private async Task<UpstreamSession> OpenAtAsync(Uri? url, Action<JsonRpcNotification> notice, CancellationToken cancellationToken)
    {
        for (int attempt = 0; ; attempt++)
        {
            IUpstreamLink? link = null;
            try
            {
                link = url is null ? StdioLink.Open(config, options, loggers, time) : HttpLink.Open(config, url, options, loggers);
                return await InitializeAsync(link, notice, cancellationToken).ConfigureAwait(false);
            }
            catch (Exception error)
            {
                Exception cause = link is null ? error : await CloseAsync(link, error).ConfigureAwait(false);
                cancellationToken.ThrowIfCancellationRequested();
                if (attempt >= 2 || ProtocolVersions.After(error, _version) is not { } next)
                {
                    throw ConnectionFailure.Describe(config, cause, link?.Diagnostics ?? "");
                }

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
        var transport = new TappedTransport(link.Transport, new UpstreamEvents(calls, notice));
        Task<McpClient> connecting = McpClient.CreateAsync(transport, ClientOptions(calls), loggers, given.Token);
        try
        {
            Task first = await Task.WhenAny(connecting, link.Broken).ConfigureAwait(false);
            if (first != connecting)
            {
                throw Ended(await link.Broken.ConfigureAwait(false));
            }

            return new UpstreamSession(config, link, await connecting.ConfigureAwait(false), transport.Wire!, calls, time);
        }
        catch
        {
            await given.CancelAsync().ConfigureAwait(false);
            _ = connecting.ContinueWith(static late => late.Exception, TaskScheduler.Default);
            throw;
        }
    }

    private McpClientOptions ClientOptions(ActiveCalls calls)
    {
        var questions = new ServerQuestions(config.Id, calls);
#pragma warning disable MCP9005 // sampling is obsolete in the newest version only; servers of all others may ask
        return new McpClientOptions
        {
            ClientInfo = new Implementation { Name = "bridge", Version = typeof(SessionOpener).Assembly.GetName().Version?.ToString(3) ?? "0" },
            ProtocolVersion = _version == ProtocolVersions.Newest ? null : _version,
            InitializationTimeout = config.StartTimeout,
            Capabilities = new ClientCapabilities
            {
                Elicitation = new ElicitationCapability { Form = new FormElicitationCapability(), Url = new UrlElicitationCapability() },
                Sampling = new SamplingCapability { Context = new SamplingContextCapability(), Tools = new SamplingToolsCapability() },
                Roots = new RootsCapability { ListChanged = true },
            },
            Handlers = new McpClientHandlers
            {
                ElicitationHandler = questions.ElicitAsync,
                RootsHandler = static (_, _) => ValueTask.FromResult(new ListRootsResult { Roots = [] }),
                SamplingHandler = (request, _, token) => questions.SampleAsync(request, token),
            },
        };
#pragma warning restore MCP9005
    }
}
