using System.Diagnostics;
using System.Net;
using System.Net.Sockets;

namespace Bridge.Benchmarks.Gateway;

/// <summary>A gateway that runs in front of the same server.</summary>
/// <param name="name">Its name.</param>
/// <param name="tool">What it calls the tool.</param>
/// <param name="open">Makes a client of it.</param>
/// <param name="process">The process.</param>
internal sealed class GatewayProcess(string name, string tool, Func<IMcpClient> open, Process process) : IAsyncDisposable
{
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(30);

    public string Name => name;

    public string Tool => tool;

    /// <summary>Its memory with that of its children, in bytes.</summary>
    public long MemoryBytes => ProcessMemory.OfTree(process.Id);

    /// <summary>A client with an open session.</summary>
    public async Task<IMcpClient> ConnectAsync()
    {
        IMcpClient client = open();
        await client.OpenAsync().ConfigureAwait(false);
        return client;
    }

    /// <summary>Starts one, and waits until it answers.</summary>
    /// <exception cref="InvalidOperationException">It does not.</exception>
    public static async Task<GatewayProcess> StartAsync(string name, string tool, Func<IMcpClient> open, ProcessStartInfo start)
    {
        start.RedirectStandardInput = true;
        start.RedirectStandardOutput = true;
        start.RedirectStandardError = true;
        Process process = Process.Start(start)!;
        string last = "";
        process.OutputDataReceived += (_, line) => last = line.Data ?? last;
        process.ErrorDataReceived += (_, line) => last = line.Data ?? last;
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        var gateway = new GatewayProcess(name, tool, open, process);
        long began = Stopwatch.GetTimestamp();
        while (true)
        {
            try
            {
                using IMcpClient client = await gateway.ConnectAsync().WaitAsync(s_patience).ConfigureAwait(false);
                await client.CallAsync(tool, 1).WaitAsync(s_patience).ConfigureAwait(false);
                return gateway;
            }
            catch (Exception error) when (error is SocketException or IOException or InvalidDataException or TimeoutException)
            {
                if (process.HasExited || Stopwatch.GetElapsedTime(began) > s_patience)
                {
                    await gateway.DisposeAsync().ConfigureAwait(false);
                    throw new InvalidOperationException($"{name} does not answer: {error.Message} Its last line: {last}", error);
                }

                await Task.Delay(200).ConfigureAwait(false);
            }
        }
    }

    /// <summary>A port that nobody listens on.</summary>
    public static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    public async ValueTask DisposeAsync()
    {
        if (!process.HasExited)
        {
            process.Kill(entireProcessTree: true);
            await process.WaitForExitAsync().ConfigureAwait(false);
        }

        process.Dispose();
    }
}
