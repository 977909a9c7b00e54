using System.Diagnostics;

namespace Bridge.TestKit;

/// <summary>A server that the test itself starts, reached over HTTP; gone when the test is.</summary>
public sealed class ChildServer : IAsyncDisposable
{
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(60);

    private readonly Process _process;

    private ChildServer(Process process, string url)
    {
        _process = process;
        Url = url;
    }

    /// <summary>Where it listens, without a path.</summary>
    public string Url { get; }

    /// <summary>The process.</summary>
    public int ProcessId => _process.Id;

    /// <summary>Starts the weather server.</summary>
    /// <param name="token">What the header <c>Authorization</c> must hold; <see langword="null"/> for nothing.</param>
    /// <param name="port">The port; 0 for a free one.</param>
    /// <param name="more">More options, such as <c>--calculator</c>, <c>--fixture</c> and <c>--legacy</c>.</param>
    public static async Task<ChildServer> WeatherAsync(string? token = null, int port = 0, params string[] more)
    {
        string[] options = ["--until-stdin-ends", "--port", $"{port}", .. token is null ? [] : new[] { "--token", token }, .. more];
        Process process = Start("dotnet", [BuiltServers.Dll("Weather"), .. options]);
        string? url = await process.StandardOutput.ReadLineAsync().WaitAsync(s_patience);
        return new ChildServer(process, url!);
    }

    /// <summary>Starts a server of npm and waits until it listens.</summary>
    /// <param name="script">Its script.</param>
    /// <param name="mode">Its first argument.</param>
    /// <param name="port">Where it listens.</param>
    public static async Task<ChildServer> NodeAsync(string script, string mode, int port)
    {
        Process process = Start("node", ["--require", NpmPackages.LoopbackOnly, script, mode], ("PORT", $"{port}"));
        using var limit = new CancellationTokenSource(s_patience);
        while (!(await process.StandardError.ReadLineAsync(limit.Token))!.Contains($"{port}", StringComparison.Ordinal))
        {
            // It says its port once it listens.
        }

        return new ChildServer(process, $"http://127.0.0.1:{port}");
    }

    /// <summary>A port that was free a moment ago.</summary>
    public static int FreePort()
    {
        using var listener = new System.Net.Sockets.TcpListener(System.Net.IPAddress.Loopback, 0);
        listener.Start();
        return ((System.Net.IPEndPoint)listener.LocalEndpoint).Port;
    }

    /// <inheritdoc/>
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
