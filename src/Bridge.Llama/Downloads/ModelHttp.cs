using System.Net;
using System.Net.Http.Headers;

namespace Bridge.Llama.Downloads;

/// <summary>Sends requests and follows redirects itself: few, to allowed addresses, and never with a token to another host.</summary>
/// <param name="http">The client; it must not follow redirects.</param>
/// <param name="clock">Measures how long an answer takes to begin.</param>
internal sealed class ModelHttp(HttpClient http, TimeProvider clock)
{
    private const int MostRedirects = 5;
    private static readonly TimeSpan s_connect = TimeSpan.FromSeconds(20);
    private static readonly TimeSpan s_answer = TimeSpan.FromSeconds(60);

    /// <summary>Makes a client fit for it.</summary>
    public static HttpClient CreateClient()
    {
        HttpClient client = new(new SocketsHttpHandler
        {
            AllowAutoRedirect = false,
            AutomaticDecompression = DecompressionMethods.None,
            ConnectTimeout = s_connect,
            UseCookies = false,
        })
        {
            Timeout = Timeout.InfiniteTimeSpan,
        };
        client.DefaultRequestHeaders.UserAgent.Add(new ProductInfoHeaderValue("bridge", typeof(ModelHttp).Assembly.GetName().Version?.ToString(3)));
        return client;
    }

    /// <summary>Gets.</summary>
    /// <param name="url">The address.</param>
    /// <param name="prepare">Adds headers.</param>
    /// <param name="token">The bearer token for this address's host.</param>
    /// <param name="cancellationToken">Ends the request.</param>
    /// <returns>The first answer that is no redirect; its body is not read yet.</returns>
    /// <exception cref="DownloadException">A redirect leads where it must not.</exception>
    /// <exception cref="InterruptedException">The server cannot be reached now.</exception>
    public async Task<HttpResponseMessage> GetAsync(
        Uri url, Action<HttpRequestHeaders> prepare, string? token, CancellationToken cancellationToken)
    {
        Uri next = url;
        for (int redirects = 0; redirects <= MostRedirects; redirects++)
        {
            HttpResponseMessage response = await SendAsync(next, prepare, WebAddress.SameHost(url, next) ? token : null, cancellationToken).ConfigureAwait(false);
            if (response.StatusCode is not (HttpStatusCode.MovedPermanently or HttpStatusCode.Found or HttpStatusCode.SeeOther
                or HttpStatusCode.TemporaryRedirect or HttpStatusCode.PermanentRedirect))
            {
                return response;
            }

            using (response)
            {
                next = Target(next, response);
            }
        }

        throw new DownloadException($"'{WebAddress.Text(url)}' redirects more than {MostRedirects} times.");
    }

    private async Task<HttpResponseMessage> SendAsync(
        Uri url, Action<HttpRequestHeaders> prepare, string? token, CancellationToken cancellationToken)
    {
        using HttpRequestMessage request = new(HttpMethod.Get, url);
        prepare(request.Headers);
        request.Headers.AcceptEncoding.ParseAdd("identity");
        if (token is not null)
        {
            request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
        }

        using CancellationTokenSource late = new(s_answer, clock);
        using CancellationTokenSource either = CancellationTokenSource.CreateLinkedTokenSource(late.Token, cancellationToken);
        try
        {
            return await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, either.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException error) when (late.IsCancellationRequested && !cancellationToken.IsCancellationRequested)
        {
            throw new InterruptedException($"'{url.Host}' does not answer.", error);
        }
        catch (HttpRequestException error)
        {
            throw new InterruptedException($"'{url.Host}' cannot be reached: {error.GetBaseException().Message}", error)
            {
                IsUnreachable = error.HttpRequestError is HttpRequestError.NameResolutionError or HttpRequestError.ConnectionError or HttpRequestError.SecureConnectionError,
            };
        }
    }

    private static Uri Target(Uri from, HttpResponseMessage response)
    {
        Uri? to = response.Headers.Location is { } location ? new Uri(from, location) : null;
        bool downgraded = from.Scheme == Uri.UriSchemeHttps && to?.Scheme != Uri.UriSchemeHttps;
        return to is not null && WebAddress.IsAllowed(to) && !downgraded
            ? to
            : throw new DownloadException(
                $"'{WebAddress.Text(from)}' redirects to '{(to is null ? "nowhere" : WebAddress.Text(to))}', and only {WebAddress.Allowed} is followed, never from 'https' to 'http'.");
    }
}
