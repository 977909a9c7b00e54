using System.Collections.Concurrent;
using System.Text.Json.Nodes;
using System.Threading.Channels;
using ModelContextProtocol.Protocol;

namespace Bridge.Mcp.Wire;

/// <summary>The messages of one connection, as they are: requests beside the SDK's client, and notifications in the order they came.</summary>
/// <remarks>
/// The SDK's client hands out what it reads concurrently, so that the last progress and the answer race, and its types drop what
/// they do not know. Here one reader sees everything first; handshakes and what nobody takes stay with the client.
/// </remarks>
internal sealed class WireTap : ITransport
{
    private const int Backlog = 256;
    private const string EndedText = "The connection ended.";

    private readonly ITransport _inner;
    private readonly IWireListener _listener;
    private readonly ConcurrentDictionary<RequestId, TaskCompletionSource<JsonRpcMessage>> _waiting = new();
    private readonly Channel<JsonRpcMessage> _rest = Channel.CreateBounded<JsonRpcMessage>(
        new BoundedChannelOptions(Backlog) { SingleReader = true, SingleWriter = true });

    private readonly Task _reading;
    private long _heard;

    public WireTap(ITransport inner, IWireListener listener)
    {
        (_inner, _listener) = (inner, listener);
        _reading = Task.Run(ReadAsync);
    }

    /// <inheritdoc/>
    public string? SessionId => _inner.SessionId;

    /// <summary>What the server said that it can do when it was asked first, members included that the SDK does not know; <see langword="null"/> before.</summary>
    public JsonObject? Capabilities { get; private set; }

    /// <summary>How many messages the server has sent.</summary>
    public long HeardCount => Interlocked.Read(ref _heard);

    /// <inheritdoc/>
    public ChannelReader<JsonRpcMessage> MessageReader => _rest.Reader;

    /// <inheritdoc/>
    public Task SendMessageAsync(JsonRpcMessage message, CancellationToken cancellationToken = default) =>
        _inner.SendMessageAsync(message, cancellationToken);

    /// <summary>Sends a request and waits for its answer.</summary>
    /// <param name="request">The request; its id is no other request's.</param>
    /// <param name="whole">Whether the message must be written to its end once begun: half a line on a pipe spoils the next.</param>
    /// <param name="cancellationToken">Ends the wait; the server is not told.</param>
    /// <returns>The answer, good or bad.</returns>
    /// <exception cref="IOException">The connection ended first.</exception>
    public async Task<JsonRpcMessage> RequestAsync(JsonRpcRequest request, bool whole, CancellationToken cancellationToken)
    {
        var answer = new TaskCompletionSource<JsonRpcMessage>(TaskCreationOptions.RunContinuationsAsynchronously);
        _waiting[request.Id] = answer;
        try
        {
            if (_reading.IsCompleted)
            {
                throw new IOException(EndedText, new ObjectDisposedException(nameof(WireTap))); // as a pipe says that nothing was written
            }

            Task sending = _inner.SendMessageAsync(request, whole ? CancellationToken.None : cancellationToken);
            if (!sending.IsCompletedSuccessfully)
            {
                // Over HTTP the sending lasts until the answer came; what breaks it breaks the request.
                await sending.WaitAsync(cancellationToken).ConfigureAwait(false);
            }

            return await answer.Task.WaitAsync(cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            _waiting.TryRemove(request.Id, out _);
        }
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await _inner.DisposeAsync().ConfigureAwait(false);
        await _reading.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    private async Task ReadAsync()
    {
        Exception? reason = null;
        try
        {
            await foreach (JsonRpcMessage message in _inner.MessageReader.ReadAllAsync().ConfigureAwait(false))
            {
                Interlocked.Increment(ref _heard);
                if (!Take(message))
                {
                    await _rest.Writer.WriteAsync(message).ConfigureAwait(false);
                }
            }
        }
#pragma warning disable CA1031 // Whatever ended the reading ends the connection, and the SDK's client is told why.
        catch (Exception error)
#pragma warning restore CA1031
        {
            reason = error;
        }

        _rest.Writer.TryComplete(reason);
        foreach (TaskCompletionSource<JsonRpcMessage> waiting in _waiting.Values)
        {
            waiting.TrySetException(new IOException(EndedText));
        }
    }

    private bool Take(JsonRpcMessage message) => message switch
    {
        JsonRpcNotification notification => _listener.Take(notification),
        JsonRpcRequest request => _listener.Take(request, this),
        JsonRpcMessageWithId reply when Note(reply) => _waiting.TryGetValue(reply.Id, out TaskCompletionSource<JsonRpcMessage>? waiting) && waiting.TrySetResult(reply),
        _ => false,
    };

    // The answers to requests of the SDK's own.
    private bool Note(JsonRpcMessageWithId reply)
    {
        if (Capabilities is null && reply is JsonRpcResponse { Result: JsonObject result } && result["capabilities"] is JsonObject capabilities)
        {
            Capabilities = capabilities.DeepClone().AsObject();
        }

        return true;
    }
}
