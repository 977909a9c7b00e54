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
    /// <returns>When the last message is written.</returns>
    public static async Task WriteAllAsync(HttpResponse response, ChannelReader<JsonRpcMessage> messages, CancellationToken cancellationToken)
    {
        Task<bool>? waiting = null;
        while (true)
        {
            while (messages.TryRead(out JsonRpcMessage? message))
            {
                await WriteAsync(response, s_message, Rpc.ToUtf8(message), cancellationToken).ConfigureAwait(false);
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
