using System.Globalization;
using System.Net.Sockets;
using System.Text;

namespace Bridge.Benchmarks.Gateway;

/// <summary>One kept connection of HTTP/1.1, read by hand: a library's client would cost more than what is measured.</summary>
/// <param name="address">Where to.</param>
/// <param name="headers">Lines that every request has.</param>
internal sealed class HttpConnection(Uri address, string headers) : IDisposable
{
    private readonly TcpClient _tcp = new() { NoDelay = true };
    private byte[] _buffer = new byte[16 * 1024];
    private int _start;
    private int _end;

    public Task ConnectAsync() => _tcp.ConnectAsync(address.Host, address.Port);

    /// <summary>Sends a request.</summary>
    public ValueTask SendAsync(string method, string path, string more, string body)
    {
        string text = $"{method} {path} HTTP/1.1\r\nHost: {address.Authority}\r\n{headers}{more}Content-Type: application/json\r\nContent-Length: {Encoding.UTF8.GetByteCount(body)}\r\n\r\n{body}";
        return _tcp.GetStream().WriteAsync(Encoding.UTF8.GetBytes(text));
    }

    /// <summary>Reads an answer's head.</summary>
    public async Task<string> ReadHeadAsync() => await ReadToAsync("\r\n\r\n").ConfigureAwait(false);

    /// <summary>Reads an answer with its body.</summary>
    public async Task<(string Head, string Body)> ReadAsync()
    {
        string head = await ReadHeadAsync().ConfigureAwait(false);
        if (Header(head, "content-length") is { } length)
        {
            return (head, await ReadBytesAsync(int.Parse(length, CultureInfo.InvariantCulture)).ConfigureAwait(false));
        }

        var body = new StringBuilder();
        while (Header(head, "transfer-encoding") is not null && await ReadChunkAsync().ConfigureAwait(false) is { Length: > 0 } chunk)
        {
            body.Append(chunk);
        }

        return (head, body.ToString());
    }

    /// <summary>Reads a chunk; empty at the end.</summary>
    public async Task<string> ReadChunkAsync()
    {
        string size = await ReadToAsync("\r\n").ConfigureAwait(false);
        string chunk = await ReadBytesAsync(int.Parse(size.AsSpan().Trim(), NumberStyles.HexNumber, CultureInfo.InvariantCulture)).ConfigureAwait(false);
        await ReadToAsync("\r\n").ConfigureAwait(false);
        return chunk;
    }

    /// <summary>A header's value.</summary>
    public static string? Header(string head, string name)
    {
        foreach (string line in head.Split("\r\n"))
        {
            if (line.StartsWith(name, StringComparison.OrdinalIgnoreCase) && line.Length > name.Length && line[name.Length] == ':')
            {
                return line[(name.Length + 1)..].Trim();
            }
        }

        return null;
    }

    public void Dispose() => _tcp.Dispose();

    private async Task<string> ReadToAsync(string end)
    {
        byte[] mark = Encoding.ASCII.GetBytes(end);
        int at;
        while ((at = _buffer.AsSpan(_start, _end - _start).IndexOf(mark)) < 0)
        {
            await FillAsync().ConfigureAwait(false);
        }

        string text = Encoding.UTF8.GetString(_buffer, _start, at);
        _start += at + mark.Length;
        return text;
    }

    private async Task<string> ReadBytesAsync(int count)
    {
        while (_end - _start < count)
        {
            await FillAsync().ConfigureAwait(false);
        }

        string text = Encoding.UTF8.GetString(_buffer, _start, count);
        _start += count;
        return text;
    }

    private async Task FillAsync()
    {
        if (_start > 0)
        {
            _buffer.AsSpan(_start, _end - _start).CopyTo(_buffer);
            (_start, _end) = (0, _end - _start);
        }

        if (_end == _buffer.Length)
        {
            Array.Resize(ref _buffer, _buffer.Length * 2);
        }

        int read = await _tcp.GetStream().ReadAsync(_buffer.AsMemory(_end)).ConfigureAwait(false);
        _end += read > 0 ? read : throw new IOException($"{address} hung up.");
    }
}
