using System.Diagnostics;
using System.Globalization;

namespace Bridge.Benchmarks.Gateway;

/// <summary>Measures gateways in front of the same server: clients that call and wait, in passes that take turns.</summary>
internal static class GatewayComparison
{
    private const int Passes = 2;

    private static readonly int[] s_clients = [1, 8, 32];
    private static readonly TimeSpan s_pass = TimeSpan.FromSeconds(2);

    public static async Task<int> RunAsync(string[] names)
    {
        string folder = Directory.CreateTempSubdirectory("bridge-load-").FullName;
        List<GatewayProcess> gateways = await GatewayPeers.StartAsync(folder, names).ConfigureAwait(false);
        try
        {
            var passes = new Dictionary<(GatewayProcess, int), List<(double Median, double Rate)>>();
            long[] before = [.. gateways.Select(gateway => gateway.MemoryBytes)];
            for (int pass = 0; pass <= Passes; pass++)
            {
                foreach (int clients in s_clients)
                {
                    foreach (GatewayProcess gateway in gateways)
                    {
                        await Console.Error.WriteLineAsync($"pass {pass} of {Passes}: {clients} clients of {gateway.Name} …").ConfigureAwait(false);
                        (double, double) measured = await PassAsync(gateway, clients).ConfigureAwait(false);
                        if (pass > 0) // the first warms up
                        {
                            passes.TryAdd((gateway, clients), []);
                            passes[(gateway, clients)].Add(measured);
                        }
                    }
                }
            }

            Write(gateways, passes, before);
        }
        finally
        {
            foreach (GatewayProcess gateway in gateways)
            {
                await gateway.DisposeAsync().ConfigureAwait(false);
            }

            Directory.Delete(folder, recursive: true);
        }

        return 0;
    }

    private static async Task<(double MedianMilliseconds, double CallsPerSecond)> PassAsync(GatewayProcess gateway, int clients)
    {
        var times = new List<double>[clients];
        long start = Stopwatch.GetTimestamp();
        await Task.WhenAll(Enumerable.Range(0, clients).Select(async client =>
        {
            using IMcpClient open = await gateway.ConnectAsync().ConfigureAwait(false);
            times[client] = [];
            for (int call = 1; Stopwatch.GetElapsedTime(start) < s_pass; call++)
            {
                long began = Stopwatch.GetTimestamp();
                await open.CallAsync(gateway.Tool, (client * 1_000_000) + call).ConfigureAwait(false);
                times[client].Add(Stopwatch.GetElapsedTime(began).TotalMilliseconds);
            }
        })).ConfigureAwait(false);
        double seconds = Stopwatch.GetElapsedTime(start).TotalSeconds;
        List<double> all = [.. times.SelectMany(one => one)];
        return (AjvTable.Median(all), all.Count / seconds);
    }

    private static void Write(List<GatewayProcess> gateways, Dictionary<(GatewayProcess, int), List<(double Median, double Rate)>> passes, long[] before)
    {
        Console.WriteLine($"| gateway | {string.Join(" | ", s_clients.Select(clients => $"p50 ms at {clients}"))} | calls/s at {s_clients[^1]} | of Bridge's | MB, with its server |\n|---|{string.Concat(s_clients.Select(_ => "---:|"))}---:|---:|---:|");
        double ours = Rate(gateways[0]);
        for (int i = 0; i < gateways.Count; i++)
        {
            GatewayProcess gateway = gateways[i];
            string medians = string.Join(" | ", s_clients.Select(clients => Text(AjvTable.Median(passes[(gateway, clients)].Select(pass => pass.Median)))));
            Console.WriteLine($"| {gateway.Name} | {medians} | {Rate(gateway):F0} | {Rate(gateway) / ours:F2} | {before[i] >> 20} → {gateway.MemoryBytes >> 20} |");
        }

        // Who has no answer within a pass has no median.
        static string Text(double milliseconds) => double.IsNaN(milliseconds) ? "none" : milliseconds.ToString("F2", CultureInfo.InvariantCulture);

        double Rate(GatewayProcess gateway) => AjvTable.Median(passes[(gateway, s_clients[^1])].Select(pass => pass.Rate));
    }
}
