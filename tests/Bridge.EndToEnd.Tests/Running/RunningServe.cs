using System.Diagnostics;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;

namespace Bridge.EndToEnd.Tests.Running;

/// <summary>A started <c>bridge serve</c> on a free port, and a client that holds the local key.</summary>
internal sealed class RunningServe : IAsyncDisposable
{
    private static readonly TimeSpan s_patience = TimeSpan.FromMinutes(1);

    private readonly Process _process;
    private readonly Task<string> _rest;

    private RunningServe(Process process, string url, string key)
    {
        _process = process;
        Key = key;
        Client = new HttpClient { BaseAddress = new Uri(url), Timeout = s_patience };
        Client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", key);
        _rest = process.StandardError.ReadToEndAsync(); // a full pipe would stop the process
    }

    public HttpClient Client { get; }

    public string Key { get; }

    public string OpenAiUrl => new Uri(Client.BaseAddress!, "/v1").ToString();

    public Process Process => _process;

    public static async Task<RunningServe> StartAsync(BridgeProcess bridge, params string[] more)
    {
        string key = (await bridge.RunAsync(["keys", .. more])).Output.Trim();
        Process process = bridge.Start(["serve", "--url", "http://127.0.0.1:0", .. more]);
        using var patience = new CancellationTokenSource(s_patience);
        while (await process.StandardError.ReadLineAsync(patience.Token) is { } line)
        {
            if (line.StartsWith("Bridge listens on ", StringComparison.Ordinal))
            {
                return new RunningServe(process, line.Split(' ')[3].TrimEnd(';'), key);
            }
        }

        throw new InvalidOperationException("'bridge serve' ended without listening.");
    }

    /// <summary>Posts a prompt to <c>/v1/prompts/tool-call</c>.</summary>
    public async Task<(int Status, JsonNode Body)> AskAsync(string prompt, CancellationToken cancellationToken = default)
    {
        var request = new JsonObject { ["messages"] = new JsonArray(new JsonObject { ["role"] = "user", ["content"] = prompt }) };
        using var content = new StringContent(request.ToJsonString(), Encoding.UTF8, "application/json");
        using HttpResponseMessage response = await Client.PostAsync(new Uri("/v1/prompts/tool-call", UriKind.Relative), content, cancellationToken);
        return ((int)response.StatusCode, JsonNode.Parse(await response.Content.ReadAsStringAsync(cancellationToken))!);
    }

    /// <summary>A series of <c>/metrics</c>: the sum of its values over all labels that fit.</summary>
    public async Task<double> MetricAsync(string series)
    {
        string text = await Client.GetStringAsync(new Uri("/metrics", UriKind.Relative));
        return text.Split('\n')
            .Where(line => line.StartsWith(series, StringComparison.Ordinal))
            .Sum(line => double.Parse(line[(line.LastIndexOf(' ') + 1)..], System.Globalization.CultureInfo.InvariantCulture));
    }

    /// <summary>Sends a signal, as a service manager does, and waits for the end.</summary>
    /// <returns>The exit code and what it still wrote to standard error.</returns>
    public async Task<(int Code, string Error)> StopAsync(int signal = Signals.Terminate)
    {
        await Signals.SendAsync(_process.Id, signal);
        await _process.WaitForExitAsync().WaitAsync(s_patience);
        return (_process.ExitCode, await _rest);
    }

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        if (!_process.HasExited)
        {
            _process.Kill(entireProcessTree: true);
            await _process.WaitForExitAsync();
        }

        _process.Dispose();
    }
}
