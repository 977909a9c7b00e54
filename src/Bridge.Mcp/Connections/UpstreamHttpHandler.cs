using System.Net;
using Bridge.Mcp.Processes;

namespace Bridge.Mcp.Connections;

/// <summary>Follows redirects within the same origin only, and bounds what one message of a server may hold.</summary>
internal sealed class UpstreamHttpHandler(HttpMessageHandler inner, long maxMessageBytes, string server) : DelegatingHandler(inner)
{
    private const int MaxRedirects = 3;

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        HttpResponseMessage response = await base.SendAsync(request, cancellationToken).ConfigureAwait(false);
        for (int i = 0; i < MaxRedirects && SameOriginTarget(request, response) is { } target; i++)
        {
            response.Dispose();
            request.RequestUri = target;
            response = await base.SendAsync(request, cancellationToken).ConfigureAwait(false);
        }

        return Bound(response);
    }

    // 307 and 308 keep method and body; others would turn a call into a GET.
    private static Uri? SameOriginTarget(HttpRequestMessage request, HttpResponseMessage response)
    {
        if (response.StatusCode is not (HttpStatusCode.TemporaryRedirect or HttpStatusCode.PermanentRedirect)
            || response.Headers.Location is not { } location)
        {
            return null;
        }

        var target = new Uri(request.RequestUri!, location);
        return Uri.Compare(target, request.RequestUri, UriComponents.SchemeAndServer, UriFormat.Unescaped, StringComparison.OrdinalIgnoreCase) == 0
            ? target
            : null;
    }

    private HttpResponseMessage Bound(HttpResponseMessage response)
    {
        HttpContent inner = response.Content;
        var bounded = new BoundedContent(inner, maxMessageBytes, server);
        foreach ((string name, IEnumerable<string> values) in inner.Headers)
        {
            bounded.Headers.TryAddWithoutValidation(name, values);
        }

        response.Content = bounded;
        return response;
    }

    private sealed class BoundedContent(HttpContent inner, long maxMessageBytes, string server) : HttpContent
    {
        protected override async Task<Stream> CreateContentReadStreamAsync() =>
            new BoundedLineStream(await inner.ReadAsStreamAsync().ConfigureAwait(false), maxMessageBytes, server);

        protected override async Task<Stream> CreateContentReadStreamAsync(CancellationToken cancellationToken) =>
            new BoundedLineStream(await inner.ReadAsStreamAsync(cancellationToken).ConfigureAwait(false), maxMessageBytes, server);

        protected override async Task SerializeToStreamAsync(Stream stream, TransportContext? context)
        {
            Stream source = await CreateContentReadStreamAsync().ConfigureAwait(false);
            await using (source.ConfigureAwait(false))
            {
                await source.CopyToAsync(stream).ConfigureAwait(false);
            }
        }

        protected override bool TryComputeLength(out long length)
        {
            length = inner.Headers.ContentLength ?? 0;
            return inner.Headers.ContentLength is not null;
        }

        protected override void Dispose(bool disposing)
        {
            if (disposing)
            {
                inner.Dispose();
            }

            base.Dispose(disposing);
        }
    }
}
