using System.Text;

namespace Bridge.Identity;

/// <summary>Reads the keys of an issuer from settings, from a file, or from its address, which is asked without following redirects.</summary>
internal sealed class TokenKeyLoader : ITokenKeyLoader, IDisposable
{
    private const int MostBytes = 1024 * 1024;

    private readonly HttpClient _http = new(new SocketsHttpHandler
    {
        AllowAutoRedirect = false,
        UseCookies = false,
        PooledConnectionLifetime = TimeSpan.FromMinutes(2),
    })
    {
        Timeout = TimeSpan.FromSeconds(10),
        MaxResponseContentBufferSize = MostBytes,
    };

    /// <inheritdoc/>
    public async Task<byte[]> LoadAsync(TokenKeyPlace place, CancellationToken cancellationToken)
    {
        if (place.Json is { } json)
        {
            return Encoding.UTF8.GetBytes(json);
        }

        if (place.File is { } file)
        {
            return new FileInfo(file).Length <= MostBytes
                ? await File.ReadAllBytesAsync(file, cancellationToken).ConfigureAwait(false)
                : throw new IOException($"The file '{file}' is larger than {MostBytes} bytes.");
        }

        return place.Url is { } url
            ? await _http.GetByteArrayAsync(new Uri(url), cancellationToken).ConfigureAwait(false)
            : throw new IOException("No place for the issuer's keys is configured: set 'Bridge:Http:Tokens:KeysUrl', 'KeysFile' or 'Keys'.");
    }

    /// <inheritdoc/>
    public void Dispose() => _http.Dispose();
}
