using Bridge.Mcp.Messages;
using Bridge.Mcp.Wire;
using ModelContextProtocol.Protocol;

namespace Bridge.Mcp.Connections;

/// <summary>Finds out whether a process that let a call run out of time does anything at all any more.</summary>
/// <remarks>
/// Many servers do one thing after the other and say nothing meanwhile. So one hangs only if it answers no ping and says nothing else either, until
/// the time it may take to start is over and every call that ran when it was asked was given up.
/// </remarks>
/// <param name="wire">The connection.</param>
/// <param name="calls">The calls that run.</param>
/// <param name="patience">How long it may take to start.</param>
/// <param name="time">The clock.</param>
internal sealed class HangCheck(WireTap wire, ActiveCalls calls, TimeSpan patience, TimeProvider time)
{
    private static readonly TimeSpan s_turn = TimeSpan.FromSeconds(1);

    private int _asking;
    private int _asked;

    /// <summary>Asks, unless it is being asked already.</summary>
    /// <param name="ended">Ends with the session.</param>
    /// <returns>Whether it hangs; <see langword="false"/> as soon as it says anything.</returns>
    public async Task<bool> HangsAsync(Task ended)
    {
        if (Interlocked.Exchange(ref _asking, 1) != 0)
        {
            return false;
        }

        long heard = wire.HeardCount;
        string[] running = calls.Tokens;
        using var limit = new CancellationTokenSource();
        Task<JsonRpcMessage> ping = PingAsync(limit.Token);
        try
        {
            for (long start = time.GetTimestamp(); wire.HeardCount == heard && !ended.IsCompleted; await Task.Delay(s_turn, time).ConfigureAwait(false))
            {
                if (time.GetElapsedTime(start) >= patience && !running.Any(calls.IsRunning))
                {
                    return true;
                }
            }

            return false;
        }
        finally
        {
            await limit.CancelAsync().ConfigureAwait(false);
            await ((Task)ping).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            Volatile.Write(ref _asking, 0);
        }
    }

    // Any answer will do; where the revision has no pings, it is a refusal.
    private Task<JsonRpcMessage> PingAsync(CancellationToken cancellationToken)
    {
        var ping = new JsonRpcRequest { Id = new RequestId($"ping-{Interlocked.Increment(ref _asked)}"), Method = McpMethods.Ping };
        return wire.RequestAsync(ping, whole: true, cancellationToken);
    }
}
