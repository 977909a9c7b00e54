using System.Text;

namespace Bridge.Benchmarks.Gateway;

/// <summary>Speaks the transport of 2024: answers come on a stream of events.</summary>
/// <param name="address">The address of the stream.</param>
internal sealed class SseClient(Uri address) : IMcpClient
{
    private readonly HttpConnection _events = new(address, "Accept: text/event-stream\r\n");
    private readonly HttpConnection _posts = new(address, "Accept: application/json\r\n");
    private readonly StringBuilder _read = new();
    private string _endpoint = "";

    public async Task OpenAsync()
    {
        await _events.ConnectAsync().ConfigureAwait(false);
        await _posts.ConnectAsync().ConfigureAwait(false);
        await _events.SendAsync("GET", address.AbsolutePath, "", "").ConfigureAwait(false);
        await _events.ReadHeadAsync().ConfigureAwait(false);
        _endpoint = new Uri(address, await WaitAsync(text => text.Contains("endpoint", StringComparison.Ordinal)).ConfigureAwait(false)).PathAndQuery;
        await AskAsync(Messages.Initialize, "serverInfo").ConfigureAwait(false);
        await PostAsync(Messages.Initialized).ConfigureAwait(false);
    }

    public Task CallAsync(string tool, int number) => AskAsync(Messages.Call(tool, number), Messages.Mark(number));

    public void Dispose()
    {
        _events.Dispose();
        _posts.Dispose();
    }

    private async Task AskAsync(string message, string part)
    {
        await PostAsync(message).ConfigureAwait(false);
        await WaitAsync(text => text.Contains(part, StringComparison.Ordinal)).ConfigureAwait(false);
    }

    private async Task PostAsync(string message)
    {
        await _posts.SendAsync("POST", _endpoint, "", message).ConfigureAwait(false);
        await _posts.ReadAsync().ConfigureAwait(false);
    }

    /// <summary>The data of the next event that is meant; those before it are passed over.</summary>
    private async Task<string> WaitAsync(Predicate<string> meant)
    {
        while (true)
        {
            string read = _read.ToString();
            int end = read.IndexOf("\n\n", StringComparison.Ordinal);
            if (end < 0)
            {
                _read.Append((await _events.ReadChunkAsync().ConfigureAwait(false)).Replace("\r", "", StringComparison.Ordinal));
                continue;
            }

            _read.Remove(0, end + 2);
            if (meant(read[..end]))
            {
                int data = read.IndexOf("data:", StringComparison.Ordinal);
                return read[(data + "data:".Length)..end].Trim();
            }
        }
    }
}
