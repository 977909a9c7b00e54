using System.Net.Sockets;
using System.Text;

namespace Bridge.Http.Tests.Fixtures;

/// <summary>HTTP by hand, for requests no client library would send.</summary>
internal static class RawHttp
{
    /// <summary>Sends a request and reads until the server closes.</summary>
    /// <param name="address">The server.</param>
    /// <param name="lines">The lines of the request's head; <c>Connection: close</c> is added.</param>
    public static async Task<string> SendAsync(Uri address, params string[] lines)
    {
        using var client = new TcpClient();
        await client.ConnectAsync(address.Host, address.Port);
        await using NetworkStream stream = client.GetStream();
        await stream.WriteAsync(Encoding.Latin1.GetBytes(string.Join("\r\n", [.. lines, "Connection: close", "", ""])));
        using var reader = new StreamReader(stream, Encoding.UTF8);
        return await reader.ReadToEndAsync();
    }

    public static int StatusOf(string response) => int.Parse(response.Split(' ')[1], System.Globalization.CultureInfo.InvariantCulture);
}
