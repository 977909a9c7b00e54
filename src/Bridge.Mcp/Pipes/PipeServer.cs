using System.Collections.Concurrent;
using Bridge.Mcp.Gateway;
using Bridge.Mcp.Messages;
using ModelContextProtocol.Protocol;

namespace Bridge.Mcp.Pipes;

/// <summary>Serves one client over a pair of pipes, such as standard input and output.</summary>
public static class PipeServer
{
    private const long MaxLineBytes = 64L * 1024 * 1024;

    // What a client asked for before it closed its end is still answered, for that long.
    private static readonly TimeSpan s_grace = TimeSpan.FromSeconds(10);

    /// <summary>Serves until the client closes its end.</summary>
    /// <param name="session">The client's session; it has ended afterwards.</param>
    /// <param name="input">What the client writes to.</param>
    /// <param name="output">What the client reads from.</param>
    /// <param name="cancellationToken">Ends it at once.</param>
    /// <returns>When it has ended.</returns>
    public static async Task RunAsync(GatewaySession session, Stream input, Stream output, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(session);
        Task writing = WriteAsync(session, output, cancellationToken);
        try
        {
            await ReadAsync(session, input, cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            session.Dispose();
        }

        await writing.WaitAsync(s_grace, cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    private static async Task ReadAsync(GatewaySession session, Stream input, CancellationToken cancellationToken)
    {
        var running = new ConcurrentDictionary<Task, bool>();
        await foreach (byte[] line in MessageLines.ReadAsync(input, MaxLineBytes, cancellationToken).ConfigureAwait(false))
        {
            Task receiving = ReceiveAsync(session, line);
            if (!receiving.IsCompleted && running.TryAdd(receiving, true))
            {
                _ = receiving.ContinueWith(ended => running.TryRemove(ended, out _), TaskScheduler.Default);
            }
        }

        await Task.WhenAll(running.Keys).WaitAsync(s_grace, cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    private static async Task ReceiveAsync(GatewaySession session, byte[] line)
    {
        try
        {
            RpcMessage message = RpcReader.Read(line);
            await session.ReceiveAsync(message, session.Unsolicited, session.Ended).ConfigureAwait(false);
        }
        catch (RpcException refused)
        {
            session.Unsolicited.TryPost(Rpc.Error(refused.Id, refused.Code, refused.Message));
        }
        catch (Exception error) when (error is IOException or OperationCanceledException)
        {
            // The session has ended.
        }
    }

    private static async Task WriteAsync(GatewaySession session, Stream output, CancellationToken cancellationToken)
    {
        try
        {
            await foreach (JsonRpcMessage message in session.Unsolicited.Reader.ReadAllAsync(cancellationToken).ConfigureAwait(false))
            {
                await MessageLines.WriteAsync(output, Rpc.ToUtf8(message), cancellationToken).ConfigureAwait(false);
            }
        }
        catch (IOException)
        {
            session.Dispose(); // the client reads no more
        }
    }
}
