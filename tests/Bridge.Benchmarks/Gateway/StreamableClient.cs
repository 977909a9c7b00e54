namespace Bridge.Benchmarks.Gateway;

/// <summary>Speaks Streamable HTTP with a session.</summary>
/// <param name="address">The endpoint.</param>
/// <param name="key">A bearer key; <see langword="null"/> for none.</param>
internal sealed class StreamableClient(Uri address, string? key) : IMcpClient
{
    private readonly HttpConnection _http = new(address, $"Accept: application/json, text/event-stream\r\n{(key is null ? "" : $"Authorization: Bearer {key}\r\n")}");
    private string _session = "";

    public async Task OpenAsync()
    {
        await _http.ConnectAsync().ConfigureAwait(false);
        (string head, string body) = await PostAsync(Messages.Initialize).ConfigureAwait(false);
        Check(head, body, "serverInfo");
        _session = HttpConnection.Header(head, "mcp-session-id") is { } id ? $"Mcp-Session-Id: {id}\r\nMCP-Protocol-Version: {Messages.Revision}\r\n" : "";
        await PostAsync(Messages.Initialized).ConfigureAwait(false);
    }

    public async Task CallAsync(string tool, int number)
    {
        (string head, string body) = await PostAsync(Messages.Call(tool, number)).ConfigureAwait(false);
        Check(head, body, Messages.Mark(number));
    }

    public void Dispose() => _http.Dispose();

    private async Task<(string Head, string Body)> PostAsync(string message)
    {
        await _http.SendAsync("POST", address.AbsolutePath, _session, message).ConfigureAwait(false);
        return await _http.ReadAsync().ConfigureAwait(false);
    }

    private void Check(string head, string body, string part)
    {
        if (!body.Contains(part, StringComparison.Ordinal))
        {
            throw new InvalidDataException($"{address} answered without '{part}': {head}\n{body}");
        }
    }
}
