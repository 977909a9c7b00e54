using System.Collections.Concurrent;
using System.Diagnostics;
using System.Text.RegularExpressions;
using Bridge.EndToEnd.Tests.Running;
using ModelContextProtocol;
using ModelContextProtocol.Client;

namespace Bridge.EndToEnd.Tests.Hygiene;

/// <summary>Clients over every transport that call without end, each call with a value of its own, and what they are answered.</summary>
/// <param name="serve">The gateway.</param>
/// <param name="bridge">Starts clients with pipes.</param>
/// <param name="calm">A server that never fails: it must always answer.</param>
/// <param name="faulty">Servers that fail.</param>
internal sealed partial class EchoLoad(RunningServe serve, BridgeProcess bridge, string calm, string[] faulty)
{
    private readonly ConcurrentDictionary<string, int> _errors = new(StringComparer.Ordinal);
    private int _answered;
    private int _vanished;

    /// <summary>What must not be: answers that are another's, calls without an answer, errors that do not say whose.</summary>
    public ConcurrentQueue<string> Wrong { get; } = new();

    /// <summary>How many calls were answered with their own value.</summary>
    public int Answered => _answered;

    public override string ToString() =>
        $"{_answered} calls were answered, {_errors.Values.Sum()} failed, {_vanished} clients vanished.\n" + string.Join('\n', _errors.OrderByDescending(error => error.Value).Select(error => $"{error.Value,6} {error.Key}"));

    /// <summary>Runs one client after the other until the load is stopped; some vanish in the middle of a call.</summary>
    /// <param name="number">The client's number: it says which transport and which values.</param>
    /// <param name="seed">Decides what it does.</param>
    /// <param name="stop">Stops the load.</param>
    public async Task RunAsync(int number, int seed, CancellationToken stop)
    {
        var random = new Random(HashCode.Combine(seed, number));
        for (int life = 0; !stop.IsCancellationRequested; life++)
        {
            using Process? process = number % 4 == 0 ? bridge.Start("mcp", "--config", "mine") : null;
            using var http = new HttpClient { Timeout = Timeout.InfiniteTimeSpan };
            McpClient client = await ((number % 4) switch
            {
                0 => GatewayClients.ConnectAsync(process!, GatewayClients.Sessions),
                1 => GatewayClients.ConnectAsync(serve, GatewayClients.Sessions, http: http),
                2 => GatewayClients.ConnectAsync(serve, GatewayClients.Stateless, http: http),
                _ => GatewayClients.ConnectAsync(serve, GatewayClients.Sessions, "/sse", http),
            });
            int calls = random.Next(10, 60);
            for (int call = 0; call < calls && !stop.IsCancellationRequested; call++)
            {
                string server = random.Next(2) == 0 ? calm : faulty[random.Next(faulty.Length)];
                await CallAsync(client, server, $"value-{number}-{life}-{call}");
            }

            await EndAsync(client, process, http, vanishes: random.Next(2) == 0 && !stop.IsCancellationRequested);
        }
    }

    private async Task CallAsync(McpClient client, string server, string value)
    {
        string said;
        try
        {
            (said, bool isError) = await client.TryEchoAsync(server, value);
            if (!isError && said == value)
            {
                Interlocked.Increment(ref _answered);
                return;
            }

            if (!isError)
            {
                Wrong.Enqueue($"'{value}' of '{server}' was answered with '{said}'");
                return;
            }
        }
        catch (McpException error)
        {
            said = error.Message;
        }
        catch (TimeoutException)
        {
            Wrong.Enqueue($"'{value}' of '{server}' was never answered");
            return;
        }

        _errors.AddOrUpdate(Number().Replace(said, "N"), 1, static (_, count) => count + 1);
        if (server == calm || !said.Contains(server, StringComparison.Ordinal) || Value().IsMatch(said))
        {
            Wrong.Enqueue($"'{value}' of '{server}' failed: {said}");
        }
    }

    private async Task EndAsync(McpClient client, Process? process, HttpClient http, bool vanishes)
    {
        if (vanishes)
        {
            Interlocked.Increment(ref _vanished);
            _ = client.EchoAsync(calm, "vanished").ContinueWith(static lost => lost.Exception, TaskScheduler.Default);
            process?.Kill();
            http.Dispose();
        }

        try
        {
            await client.DisposeAsync().AsTask().WaitAsync(GatewayClients.Patience);
        }
        catch (Exception error) when (vanishes && error is not TimeoutException)
        {
            // What it spoke with is gone.
        }

        if (process is not null)
        {
            process.StandardInput.Close();
            await process.WaitForExitAsync().WaitAsync(GatewayClients.Patience);
        }
    }

    [GeneratedRegex(@"\d+")]
    private static partial Regex Number();

    [GeneratedRegex(@"value-\d+")]
    private static partial Regex Value();
}
