using System.Net;
using Bridge.Models.Endpoints;

namespace Bridge.Models.Ollama;

/// <summary>The address in <c>OLLAMA_HOST</c>, in the forms Ollama itself takes: with or without scheme and port.</summary>
internal static class OllamaHost
{
    public const string Variable = "OLLAMA_HOST";
    private const int Port = 11434;

    public static Uri Default { get; } = new($"http://127.0.0.1:{Port}");

    /// <returns>The address; <see langword="null"/> when the text is none.</returns>
    public static Uri? TryParse(string? text)
    {
        if (string.IsNullOrWhiteSpace(text))
        {
            return Default;
        }

        string trimmed = text.Trim().TrimEnd('/');
        bool hasScheme = trimmed.Contains("://", StringComparison.Ordinal);
        if (EndpointHttp.TryParse(hasScheme ? trimmed : $"http://{(trimmed.StartsWith(':') ? $"127.0.0.1{trimmed}" : trimmed)}") is not { } url)
        {
            return null;
        }

        var address = new UriBuilder(url);
        if (!hasScheme && url.IsDefaultPort && !trimmed.EndsWith(":80", StringComparison.Ordinal))
        {
            address.Port = Port;
        }

        // The server's own setting may name every interface, which is no address to connect to.
        if (IPAddress.TryParse(url.Host.Trim('[', ']'), out IPAddress? ip) && (ip.Equals(IPAddress.Any) || ip.Equals(IPAddress.IPv6Any)))
        {
            address.Host = "127.0.0.1";
        }

        return address.Uri;
    }
}
