using System.Net;
using System.Text.Json;
using Bridge.Mcp.Messages;
using Bridge.Mcp.Mirroring;
using Bridge.Mcp.Processes;

namespace Bridge.Mcp.Connections;

/// <summary>Follows redirects within the same origin only, and bounds what one message of a server may hold.</summary>
internal sealed class UpstreamHttpHandler(HttpMessageHandler inner, long maxMessageBytes, string server) : DelegatingHandler(inner)
{
    private const int MaxRedirects = 3;
    private const int MaxRefusalBytes = 1024 * 1024;

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        if (CallHeaders.Current is not null && IsStateless(request, McpMethods.ToolsCall))
        {
            CallHeaders.AddTo(request);
        }

        HttpResponseMessage response = await base.SendAsync(request, cancellationToken).ConfigureAwait(false);
        for (int i = 0; i < MaxRedirects && SameOriginTarget(request, response) is { } target; i++)
        {
            response.Dispose();
            request.RequestUri = target;
            response = await base.SendAsync(request, cancellationToken).ConfigureAwait(false);
        }

        response = Bound(response);
        if (response.StatusCode is HttpStatusCode.BadRequest or HttpStatusCode.NotFound && IsStateless(request, except: McpMethods.Discover) && await IsMessageAsync(response, cancellationToken).ConfigureAwait(false))
        {
            response.StatusCode = HttpStatusCode.OK;
        }

        return response;
    }

    // Without sessions an error has a status of its own, of which the SDK makes an exception that keeps only a part of the error.
    // The question which revisions are spoken stays as it is: the SDK decides by its status.
    private static bool IsStateless(HttpRequestMessage request, string? only = null, string? except = null) =>
        request.Headers.TryGetValues("MCP-Protocol-Version", out IEnumerable<string>? revision) && revision.Single() == ProtocolVersions.Stateless
        && request.Headers.TryGetValues("Mcp-Method", out IEnumerable<string>? method) && method.Single() is var name && name != except && (only is null || name == only);

    private static async Task<bool> IsMessageAsync(HttpResponseMessage response, CancellationToken cancellationToken)
    {
        if (response.Content.Headers.ContentType?.MediaType != "application/json")
        {
            return false;
        }

        await response.Content.LoadIntoBufferAsync(MaxRefusalBytes, cancellationToken).ConfigureAwait(false);
        try
        {
            JsonElement said = JsonElement.Parse(await response.Content.ReadAsByteArrayAsync(cancellationToken).ConfigureAwait(false));
            return said.ValueKind == JsonValueKind.Object && said.TryGetProperty("error", out _)
                && said.TryGetProperty("id", out JsonElement id) && id.ValueKind is JsonValueKind.String or JsonValueKind.Number;
        }
        catch (JsonException)
        {
            return false;
        }
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
