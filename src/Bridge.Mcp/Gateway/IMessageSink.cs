using ModelContextProtocol.Protocol;

namespace Bridge.Mcp.Gateway;

/// <summary>Where messages for a client go: the answer to one HTTP request, a stream of events, a pipe. Thread-safe; order is kept.</summary>
public interface IMessageSink
{
    /// <summary>Hands over a message without waiting.</summary>
    /// <param name="message">The message; others may hold it too.</param>
    /// <returns><see langword="false"/> when the client reads too slowly, or not any more, and the message was dropped.</returns>
    bool TryPost(JsonRpcMessage message);

    /// <summary>Hands over a message, waiting for room.</summary>
    /// <param name="message">The message.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>When it is handed over.</returns>
    /// <exception cref="IOException">The client is gone.</exception>
    ValueTask SendAsync(JsonRpcMessage message, CancellationToken cancellationToken);
}
