using Bridge.Mcp.Configuration;
using Bridge.Mcp.SignIn;
using Microsoft.Extensions.Logging;
using ModelContextProtocol.Client;

namespace Bridge.Mcp.Connections;

/// <summary>An HTTP client of one session.</summary>
internal sealed class HttpLink : IUpstreamLink
{
    private readonly HttpClient _http;
    private readonly HttpClientTransport _transport;

    private HttpLink(HttpClient http, HttpClientTransport transport)
    {
        _http = http;
        _transport = transport;
    }

    public IClientTransport Transport => _transport;

    public Task<string> Broken { get; } = new TaskCompletionSource<string>().Task;

    public string Diagnostics => "";

    public static HttpLink Open(McpServerConfig config, Uri url, ConnectionOptions options, ILoggerFactory loggers)
    {
        var sockets = new SocketsHttpHandler
        {
            AllowAutoRedirect = false, // credentials must not follow a server's redirect to elsewhere
            PooledConnectionLifetime = TimeSpan.FromMinutes(10),
            ConnectTimeout = config.StartTimeout,
        };
        HttpMessageHandler handler = new UpstreamHttpHandler(sockets, options.MaxMessageBytes, config.Id);
        if (options.Logins is { } logins && !config.HasAuthorization)
        {
            handler = new BearerHandler(handler, config, logins, options.Challenged);
        }

        var http = new HttpClient(handler) { Timeout = Timeout.InfiniteTimeSpan };
        var transport = new HttpClientTransport(
            new HttpClientTransportOptions
            {
                Endpoint = url,
                Name = config.Id,
                TransportMode = config.Transport switch
                {
                    McpTransport.Sse => HttpTransportMode.Sse,
                    McpTransport.StreamableHttp => HttpTransportMode.StreamableHttp,
                    _ => HttpTransportMode.AutoDetect,
                },
                AdditionalHeaders = new Dictionary<string, string>(config.Headers, StringComparer.OrdinalIgnoreCase),
                ConnectionTimeout = config.StartTimeout,
            },
            http,
            loggers,
            ownsHttpClient: false);
        return new HttpLink(http, transport);
    }

    public async ValueTask DisposeAsync()
    {
        await _transport.DisposeAsync().ConfigureAwait(false);
        _http.Dispose();
    }
}
