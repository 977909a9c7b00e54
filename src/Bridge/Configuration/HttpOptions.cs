namespace Bridge.Configuration;

/// <summary>The HTTP faces.</summary>
public sealed class HttpOptions
{
    /// <summary>Where to listen.</summary>
    /// <value>The default is <c>http://127.0.0.1:8787</c>.</value>
    public string Url { get; set; } = "http://127.0.0.1:8787";

    /// <summary>Host names besides loopback that clients may use.</summary>
    public IList<string> AllowedHosts { get; } = [];

    /// <summary>Origins of web pages that may call; none by default.</summary>
    public IList<string> AllowedOrigins { get; } = [];

    /// <summary>The largest body of a request, in bytes.</summary>
    /// <value>The default is 10 MiB.</value>
    public long MaxBodyBytes { get; set; } = 10 * 1024 * 1024;

    /// <summary>How many prompts are worked on at once; more are answered 503 with a time to wait.</summary>
    /// <value>The default is 100.</value>
    public int ConcurrentPrompts { get; set; } = 100;

    /// <summary>How many requests one client makes in a minute; more are answered 429 with a time to wait.</summary>
    /// <value>The default is 0: no limit.</value>
    public int RequestsPerMinutePerClient { get; set; }

    /// <summary>The certificate for HTTPS, a PFX or PEM file.</summary>
    public string? CertificateFile { get; set; }

    /// <summary>The key of a PEM certificate.</summary>
    public string? CertificateKeyFile { get; set; }

    /// <summary>Tokens that are taken beside keys.</summary>
    public TokenOptions Tokens { get; set; } = new();
}
