using System.Net;
using System.Net.Sockets;
using System.Text.Json;
using System.Text.Json.Nodes;
using Bridge.Mcp.Configuration;

namespace Bridge.Mcp.SignIn;

/// <summary>Asks addresses that were learned from a server: public ones, those of the server's own origin, and origins listed for it.</summary>
/// <remarks>
/// The address that was checked is the one connected to, so a name that changes its meaning in between gains nothing. No proxy stands between,
/// for it would resolve the name again. What is sent goes to where it was sent; only metadata is asked for again where a redirect leads, by the same rules.
/// </remarks>
internal sealed class LearnedHttp : IDisposable
{
    private const int MaxRedirects = 3;
    private const int MaxBytes = 256 * 1024;

    private static readonly JsonDocumentOptions s_strict = new() { AllowDuplicateProperties = false, MaxDepth = 32 };

    private readonly McpServerConfig _config;
    private readonly Func<string, CancellationToken, Task<IPAddress[]>> _resolve;
    private readonly HttpClient _http;

    public LearnedHttp(McpServerConfig config, Func<string, CancellationToken, Task<IPAddress[]>>? resolve = null)
    {
        _config = config;
        _resolve = resolve ?? Dns.GetHostAddressesAsync;
        var sockets = new SocketsHttpHandler
        {
            AllowAutoRedirect = false,
            UseCookies = false,
            UseProxy = false,
            ConnectCallback = ConnectAsync,
        };
        _http = new HttpClient(sockets) { Timeout = TimeSpan.FromSeconds(15), MaxResponseContentBufferSize = MaxBytes };
    }

    /// <summary>Refuses an address that must not be used, by what is written in it.</summary>
    /// <exception cref="SignInException">It must not.</exception>
    public Uri Check(Uri address)
    {
        bool allowed = address.IsAbsoluteUri && address.UserInfo.Length == 0
            && (address.Scheme == Uri.UriSchemeHttps || (address.Scheme == Uri.UriSchemeHttp && IsTrusted(address)));
        return allowed ? address : throw Refused(address, "is not https");
    }

    /// <summary>Gets a JSON object.</summary>
    /// <returns>The object; <see langword="null"/> when the address does not answer with JSON.</returns>
    /// <exception cref="SignInException">The address must not be used, cannot be reached, or answers with JSON that is no strict object.</exception>
    public async Task<JsonObject?> GetAsync(Uri address, CancellationToken cancellationToken)
    {
        for (int redirects = 0; ; redirects++)
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, address);
            request.Headers.Accept.ParseAdd("application/json");
            using HttpResponseMessage response = await SendAsync(request, cancellationToken).ConfigureAwait(false);
            if (response.StatusCode is >= HttpStatusCode.MultipleChoices and < HttpStatusCode.BadRequest && response.Headers.Location is { } location)
            {
                address = redirects < MaxRedirects ? new Uri(address, location) : throw Refused(address, "redirects without end");
                continue;
            }

            // Servers that answer everything with a page describe nothing.
            bool isJson = response.Content.Headers.ContentType?.MediaType?.EndsWith("json", StringComparison.OrdinalIgnoreCase) == true;
            return response.IsSuccessStatusCode && isJson ? await ReadAsync(address, response, cancellationToken).ConfigureAwait(false) : null;
        }
    }

    /// <summary>Sends a request; a redirect is an answer like any other.</summary>
    /// <exception cref="SignInException">The address must not be used, or cannot be reached.</exception>
    public async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        Uri address = Check(request.RequestUri!);
        try
        {
            return await _http.SendAsync(request, cancellationToken).ConfigureAwait(false);
        }
        catch (HttpRequestException error)
        {
            throw error.InnerException as SignInException
                ?? new SignInException($"{Name(address)} cannot be reached: {error.Message}", "Check the network, and that the authorization server is up.", error);
        }
        catch (OperationCanceledException error) when (!cancellationToken.IsCancellationRequested)
        {
            throw new SignInException($"{Name(address)} did not answer in time.", "Try again later.", error);
        }
    }

    /// <summary>Reads the JSON object of an answer.</summary>
    /// <exception cref="SignInException">It is none.</exception>
    public static async Task<JsonObject> ReadAsync(Uri address, HttpResponseMessage response, CancellationToken cancellationToken)
    {
        byte[] body = await response.Content.ReadAsByteArrayAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            if (JsonNode.Parse(body, documentOptions: s_strict) is JsonObject answer)
            {
                return answer;
            }
        }
        catch (JsonException)
        {
            // Told below; what it sent is not repeated, for it may hold a secret.
        }

        throw new SignInException($"{Name(address)} answered with something that is not a strict JSON object.", "Tell the people who run the authorization server.");
    }

    public void Dispose() => _http.Dispose();

    // The origin the user wrote, and those listed beside it.
    private bool IsTrusted(Uri address) =>
        IsSameOrigin(address, _config.Url!) || (_config.OAuth?.AllowedOrigins ?? []).Any(origin => IsSameOrigin(address, origin));

    public static bool IsSameOrigin(Uri one, Uri other) =>
        Uri.Compare(one, other, UriComponents.SchemeAndServer, UriFormat.UriEscaped, StringComparison.OrdinalIgnoreCase) == 0;

    // A connection is made for one origin, that of the request which needed it first.
    private async ValueTask<Stream> ConnectAsync(SocketsHttpConnectionContext context, CancellationToken cancellationToken)
    {
        string host = context.DnsEndPoint.Host;
        Uri address = context.InitialRequestMessage.RequestUri!;
        IPAddress[] found = IPAddress.TryParse(host, out IPAddress? literal) ? [literal] : await _resolve(host, cancellationToken).ConfigureAwait(false);
        if (!IsTrusted(address) && (found.Length == 0 || !Array.TrueForAll(found, PublicAddress.Is)))
        {
            throw Refused(address, "leads into an inner network or to this machine");
        }

        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            await socket.ConnectAsync(found, context.DnsEndPoint.Port, cancellationToken).ConfigureAwait(false);
            return new NetworkStream(socket, ownsSocket: true);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    private static string Name(Uri address) => address.IsAbsoluteUri ? $"'{address.GetLeftPart(UriPartial.Path)}'" : $"'{address}'";

    private static SignInException Refused(Uri address, string why) => new(
        $"The server leads to {Name(address)}, which {why}; it was not asked.",
        "If you know this address, list its origin in 'oauth.allowedOrigins' of the server in mcp.json.");
}
