using System.Net;
using Microsoft.AspNetCore.Http;

namespace Bridge.Http.Hosting;

/// <summary>Where to listen, read from <c>Bridge:Http:Url</c>.</summary>
/// <param name="Address">The address; <see langword="null"/> for <c>localhost</c>, which is both loopback addresses.</param>
/// <param name="Port">The port; 0 for any free one.</param>
/// <param name="IsHttps">Whether it is encrypted.</param>
public sealed record ListenAddress(IPAddress? Address, int Port, bool IsHttps)
{
    /// <summary>Whether only this machine can connect.</summary>
    public bool IsLoopback => Address is null || IPAddress.IsLoopback(Address);

    /// <summary>Reads a URL.</summary>
    /// <param name="url">The URL, such as <c>http://127.0.0.1:8787</c>; <c>*</c> and <c>+</c> mean every address of the machine.</param>
    /// <returns>The address.</returns>
    /// <exception cref="FormatException">The text is not such a URL.</exception>
    public static ListenAddress Parse(string url)
    {
        BindingAddress binding;
        try
        {
            binding = BindingAddress.Parse(url);
        }
        catch (FormatException error)
        {
            throw Malformed(url, error);
        }

        bool isHttps = binding.Scheme.Equals("https", StringComparison.OrdinalIgnoreCase);
        if ((!isHttps && !binding.Scheme.Equals("http", StringComparison.OrdinalIgnoreCase)) || binding.PathBase.Length > 0)
        {
            throw Malformed(url, null);
        }

        // Kestrel listens on every address for a name it does not know; a person who wrote a name did not ask for that.
        return binding.Host switch
        {
            "localhost" when binding.Port == 0 => new ListenAddress(IPAddress.Loopback, 0, isHttps),
            "localhost" => new ListenAddress(null, binding.Port, isHttps),
            "*" or "+" => new ListenAddress(IPAddress.IPv6Any, binding.Port, isHttps),
            { } host when IPAddress.TryParse(host.Trim('[', ']'), out IPAddress? address) => new ListenAddress(address, binding.Port, isHttps),
            _ => throw Malformed(url, null),
        };
    }

    private static FormatException Malformed(string url, Exception? inner) =>
        new($"'{url}' is not an address to listen on; write 'http://127.0.0.1:8787', 'http://localhost:PORT', 'https://ADDRESS:PORT' or 'https://*:PORT'.", inner);
}
