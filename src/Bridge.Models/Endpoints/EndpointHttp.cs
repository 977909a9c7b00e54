namespace Bridge.Models.Endpoints;

/// <summary>The HTTP clients of model endpoints.</summary>
internal static class EndpointHttp
{
    /// <summary>The largest answer that is read, in bytes: no model writes so much.</summary>
    private const int MaxResponseBytes = 32 * 1024 * 1024;

    /// <summary>A client without a time limit of its own: attempts have theirs. It follows no redirect, which could take a key elsewhere.</summary>
    public static HttpClient Create() => new(new SocketsHttpHandler
    {
        AllowAutoRedirect = false,
        ConnectTimeout = TimeSpan.FromSeconds(10),
        PooledConnectionLifetime = TimeSpan.FromMinutes(5),
    })
    {
        Timeout = Timeout.InfiniteTimeSpan,
        MaxResponseContentBufferSize = MaxResponseBytes,
    };

    /// <summary>An address of HTTP; <see langword="null"/> when the text is none.</summary>
    public static Uri? TryParse(string text) =>
        Uri.TryCreate(text, UriKind.Absolute, out Uri? url) && (url.Scheme == Uri.UriSchemeHttp || url.Scheme == Uri.UriSchemeHttps) ? url : null;
}
