namespace Bridge.Llama.Downloads;

/// <summary>Which addresses models and libraries may come from.</summary>
internal static class WebAddress
{
    /// <summary>What is allowed, for messages.</summary>
    public const string Allowed = "'https://…', or 'http://' to this machine";

    /// <summary>Whether bytes may be fetched from an address: encrypted, or from this machine itself.</summary>
    /// <param name="url">The address.</param>
    public static bool IsAllowed(Uri url) =>
        url.IsAbsoluteUri && (url.Scheme == Uri.UriSchemeHttps || (url.Scheme == Uri.UriSchemeHttp && url.IsLoopback));

    /// <summary>Reads an address.</summary>
    /// <param name="text">The text.</param>
    /// <exception cref="ModelSourceException">It is none, or not allowed, or carries a password.</exception>
    public static Uri Parse(string text)
    {
        if (!Uri.TryCreate(text, UriKind.Absolute, out Uri? url) || !IsAllowed(url))
        {
            throw new ModelSourceException($"'{text}' is not an address that Bridge fetches from: write {Allowed}.");
        }

        return url.UserInfo.Length == 0
            ? url
            : throw new ModelSourceException($"The address of '{url.Host}' carries a password, which would be written down: leave it out.");
    }

    /// <summary>Whether two addresses are of one host, port and scheme.</summary>
    /// <param name="first">An address.</param>
    /// <param name="second">Another.</param>
    public static bool SameHost(Uri first, Uri second) => first.GetLeftPart(UriPartial.Authority) == second.GetLeftPart(UriPartial.Authority);

    /// <summary>An address for messages and for the record, without a query, which may hold a secret.</summary>
    /// <param name="url">The address.</param>
    public static string Text(Uri url) => url.GetLeftPart(UriPartial.Path);
}
