using System.Threading.Channels;
using ModelContextProtocol.Protocol;

namespace Bridge.Mcp.Gateway;

/// <summary>A bounded queue of messages for a client, read by whoever writes them to it.</summary>
/// <param name="capacity">How many messages wait at most.</param>
public sealed class MessageQueue(int capacity = MessageQueue.DefaultCapacity) : IMessageSink
{
    /// <summary>How many messages wait when nothing is said.</summary>
    public const int DefaultCapacity = 1024;

    private readonly Channel<JsonRpcMessage> _messages = Channel.CreateBounded<JsonRpcMessage>(capacity);

    /// <summary>The messages in order; several readers share them, each message goes to one.</summary>
    public ChannelReader<JsonRpcMessage> Reader => _messages.Reader;

    /// <inheritdoc/>
    public bool TryPost(JsonRpcMessage message) => _messages.Writer.TryWrite(message);

    /// <inheritdoc/>
    public async ValueTask SendAsync(JsonRpcMessage message, CancellationToken cancellationToken)
    {
        try
        {
            await _messages.Writer.WriteAsync(message, cancellationToken).ConfigureAwait(false);
        }
        catch (ChannelClosedException error)
        {
            throw new IOException("The client is gone.", error);
        }
    }

    /// <summary>Takes no more; what waits can still be read.</summary>
    public void Complete() => _messages.Writer.TryComplete();
}
