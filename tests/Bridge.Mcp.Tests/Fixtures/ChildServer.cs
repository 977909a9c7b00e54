using System.Diagnostics;

namespace Bridge.Mcp.Tests.Fixtures;

/// <summary>A server that the test itself starts, reached over HTTP; gone when the test is.</summary>
internal sealed class ChildServer : IAsyncDisposable
{
    private readonly Process _process;

    private ChildServer(Process process, string url)
    {
        _process = process;
        Url = url;
    }

    public string Url { get; }

    /// <summary>Starts the weather server.</summary>
    public static async Task<ChildServer> WeatherAsync(string? token = null, int port = 0)
    {
        string[] options = ["--until-stdin-ends", "--port", $"{port}", .. token is null ? [] : new[] { "--token", token }];
        Process process = Start("dotnet", [TestServers.Dll("Weather"), .. options]);
        string? url = await process.StandardOutput.ReadLineAsync().WaitAsync(Servers.Patience);
        return new ChildServer(process, url!);
    }

    /// <summary>Starts a server of npm and waits until it listens.</summary>
    public static async Task<ChildServer> NodeAsync(string script, string mode, int port)
    {
        Process process = Start("node", ["--require", NpmServers.LoopbackOnly, script, mode], ("PORT", $"{port}"));
        using var limit = new CancellationTokenSource(Servers.Patience);
        while (!(await process.StandardError.ReadLineAsync(limit.Token))!.Contains($"{port}", StringComparison.Ordinal))
        {
            // It says its port once it listens.
        }

        return new ChildServer(process, $"http://127.0.0.1:{port}");
    }

    public static int FreePort()
    {
        using var listener = new System.Net.Sockets.TcpListener(System.Net.IPAddress.Loopback, 0);
        listener.Start();
        return ((System.Net.IPEndPoint)listener.LocalEndpoint).Port;
    }

    public async ValueTask DisposeAsync()
    {
        _process.Kill(entireProcessTree: true);
        await _process.WaitForExitAsync();
        _process.Dispose();
    }

    private static Process Start(string command, IEnumerable<string> arguments, params (string Name, string Value)[] variables)
    {
        var start = new ProcessStartInfo(command, arguments)
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach ((string name, string value) in variables)
        {
            start.Environment[name] = value;
        }

        return Process.Start(start)!;
    }
}
