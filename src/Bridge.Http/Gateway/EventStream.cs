using System.Text;
using System.Threading.Channels;
using Bridge.Mcp.Messages;
using Microsoft.AspNetCore.Http;
using ModelContextProtocol.Protocol;

namespace Bridge.Http.Gateway;

/// <summary>An answer that is a stream of events (<c>text/event-stream</c>), kept alive while nothing happens.</summary>
internal static class EventStream
{
    // Proxies and clients give up on a silent connection, commonly after 30 or 60 seconds.
    private static readonly TimeSpan s_quiet = TimeSpan.FromSeconds(15);

    private static readonly byte[] s_message = "event: message\ndata: "u8.ToArray();
    private static readonly byte[] s_id = "id: "u8.ToArray();
    private static readonly byte[] s_lineEnd = "\n"u8.ToArray();
    private static readonly byte[] s_alive = ": still here"u8.ToArray();
    private static readonly byte[] s_end = "\n\n"u8.ToArray();

    /// <summary>Begins the answer.</summary>
    /// <param name="response">The answer.</param>
    /// <param name="cancellationToken">The client is gone.</param>
    /// <returns>When its headers are on their way.</returns>
    public static Task BeginAsync(HttpResponse response, CancellationToken cancellationToken)
    {
        response.ContentType = "text/event-stream";
        response.Headers.CacheControl = "no-cache, no-store";
        response.Headers["X-Accel-Buffering"] = "no";
        return response.Body.FlushAsync(cancellationToken);
    }

    /// <summary>Writes messages as they come, until no more come.</summary>
    /// <param name="response">The answer.</param>
    /// <param name="messages">The messages.</param>
    /// <param name="cancellationToken">The client is gone.</param>
    /// <param name="log">Where they are noted before they are written; <see langword="null"/> for nowhere.</param>
    /// <param name="stream">Their stream there.</param>
    /// <returns>When the last message is written.</returns>
    public static async Task WriteAllAsync(
        HttpResponse response, ChannelReader<JsonRpcMessage> messages, CancellationToken cancellationToken, EventLog? log = null, int stream = EventLog.Unsolicited)
    {
        Task<bool>? waiting = null;
        while (true)
        {
            while (messages.TryRead(out JsonRpcMessage? message))
            {
                byte[] data = Rpc.ToUtf8(message);
                await WriteAsync(response, log is null ? s_message : HeadOf(log.Add(stream, data)), data, cancellationToken).ConfigureAwait(false);
            }

            waiting ??= messages.WaitToReadAsync(cancellationToken).AsTask();
            try
            {
                if (!await waiting.WaitAsync(s_quiet, cancellationToken).ConfigureAwait(false))
                {
                    return;
                }

                waiting = null;
            }
            catch (TimeoutException)
            {
                await WriteAsync(response, s_alive, default, cancellationToken).ConfigureAwait(false);
            }
        }
    }

    /// <summary>Writes on from an event that a client read last: what was noted since, then what comes.</summary>
    /// <param name="response">The answer.</param>
    /// <param name="log">The session's events.</param>
    /// <param name="from">The stream, and the number of the event.</param>
    /// <param name="messages">Further messages of the stream; <see langword="null"/> when another writer notes them.</param>
    /// <param name="cancellationToken">The client is gone.</param>
    /// <returns>When the last event of the stream is written.</returns>
    public static async Task ResumeAsync(
        HttpResponse response, EventLog log, (int Stream, long Number) from, ChannelReader<JsonRpcMessage>? messages, CancellationToken cancellationToken)
    {
        while (true)
        {
            while (messages?.TryRead(out JsonRpcMessage? message) == true)
            {
                log.Add(from.Stream, Rpc.ToUtf8(message));
            }

            (LoggedEvent[] events, bool isOpen) = log.After(from.Stream, from.Number, out Task news);
            foreach (LoggedEvent one in events)
            {
                await WriteAsync(response, HeadOf(one), one.Data, cancellationToken).ConfigureAwait(false);
                from = (from.Stream, one.Number);
            }

            if (!isOpen || messages?.Completion.IsCompleted == true)
            {
                return;
            }

            try
            {
                Task waiting = messages is null ? news : Task.WhenAny(news, messages.WaitToReadAsync(cancellationToken).AsTask());
                await waiting.WaitAsync(s_quiet, cancellationToken).ConfigureAwait(false);
            }
            catch (TimeoutException)
            {
                await WriteAsync(response, s_alive, default, cancellationToken).ConfigureAwait(false);
            }
        }
    }

    private static byte[] HeadOf(LoggedEvent one) => [.. s_id, .. Encoding.ASCII.GetBytes(one.Id), .. s_lineEnd, .. s_message];

    /// <summary>Writes one event.</summary>
    /// <param name="response">The answer.</param>
    /// <param name="head">What comes before the data, without an end of line.</param>
    /// <param name="data">The data: one line.</param>
    /// <param name="cancellationToken">The client is gone.</param>
    /// <returns>When it is on its way.</returns>
    public static async Task WriteAsync(HttpResponse response, ReadOnlyMemory<byte> head, ReadOnlyMemory<byte> data, CancellationToken cancellationToken)
    {
        await response.Body.WriteAsync(head, cancellationToken).ConfigureAwait(false);
        await response.Body.WriteAsync(data, cancellationToken).ConfigureAwait(false);
        await response.Body.WriteAsync(s_end, cancellationToken).ConfigureAwait(false);
        await response.Body.FlushAsync(cancellationToken).ConfigureAwait(false);
    }
}
