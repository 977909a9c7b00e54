using System.Diagnostics;
using System.Globalization;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;

namespace Bridge.EndToEnd.Tests.Running;

/// <summary>A started <c>bridge serve</c> on a free port, and a client that holds the local key.</summary>
internal sealed class RunningServe : IAsyncDisposable
{
    private const string Listens = "Bridge listens on ";

    private static readonly TimeSpan s_patience = TimeSpan.FromMinutes(1);

    private readonly ProcessLines _errors;

    private RunningServe(Process process, ProcessLines errors, string url, string key)
    {
        Process = process;
        Key = key;
        _errors = errors;
        Client = new HttpClient { BaseAddress = new Uri(url), Timeout = s_patience };
        Client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", key);
    }

    public HttpClient Client { get; }

    public string Key { get; }

    public string OpenAiUrl => new Uri(Client.BaseAddress!, "/v1").ToString();

    public Process Process { get; }

    public static async Task<RunningServe> StartAsync(BridgeProcess bridge, params string[] more)
    {
        string key = (await bridge.RunAsync("keys")).Output.Trim();
        Process process = bridge.Start(["serve", "--url", "http://127.0.0.1:0", .. more]);
        var errors = new ProcessLines(process.StandardError);
        string line = await errors.WaitForAsync(Listens);
        return new RunningServe(process, errors, line[Listens.Length..].Split(' ')[0].TrimEnd(';'), key);
    }

    /// <summary>Waits until standard error has said something.</summary>
    public Task<string> WaitForLogAsync(string part) => _errors.WaitForAsync(part);

    /// <summary>Posts a prompt to <c>/v1/prompts/tool-call</c>.</summary>
    public async Task<(int Status, JsonNode Body)> AskAsync(string prompt)
    {
        var request = new JsonObject { ["messages"] = new JsonArray(new JsonObject { ["role"] = "user", ["content"] = prompt }) };
        using var content = new StringContent(request.ToJsonString(), Encoding.UTF8, "application/json");
        using HttpResponseMessage response = await Client.PostAsync(new Uri("/v1/prompts/tool-call", UriKind.Relative), content);
        return ((int)response.StatusCode, JsonNode.Parse(await response.Content.ReadAsStringAsync())!);
    }

    /// <summary>A metric: the sum over all its labels.</summary>
    public async Task<double> MetricAsync(string name)
    {
        string text = await Client.GetStringAsync(new Uri("/metrics", UriKind.Relative));
        return text.Split('\n')
            .Where(line => line.StartsWith($"{name}{{", StringComparison.Ordinal) || line.StartsWith($"{name} ", StringComparison.Ordinal))
            .Sum(line => double.Parse(line[(line.LastIndexOf(' ') + 1)..], CultureInfo.InvariantCulture));
    }

    /// <summary>Sends SIGTERM, as a service manager does, and waits for the end.</summary>
    /// <returns>The exit code and what it wrote to standard error.</returns>
    public async Task<(int Code, string Error)> StopAsync()
    {
        await Signals.SendAsync(Process.Id, Signals.Terminate);
        await Process.WaitForExitAsync().WaitAsync(s_patience);
        return (Process.ExitCode, await _errors.AllAsync());
    }

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        if (!Process.HasExited)
        {
            Process.Kill(entireProcessTree: true);
            await Process.WaitForExitAsync();
        }

        Process.Dispose();
    }
}
