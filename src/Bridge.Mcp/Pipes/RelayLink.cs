using System.Text.Json.Nodes;
using Bridge.Mcp.Messages;
using ModelContextProtocol;
using ModelContextProtocol.Client;
using ModelContextProtocol.Protocol;

namespace Bridge.Mcp.Pipes;

/// <summary>One connection of a relay to its server, from its first message until it is lost.</summary>
internal sealed class RelayLink : IAsyncDisposable
{
    private const string GreetingId = "bridge-relay";

    private readonly RelayDefinitions _definitions = new();
    private readonly RelayTarget _target;
    private readonly HttpClientTransport _transport;
    private readonly ITransport _server;
    private readonly Func<JsonRpcMessage, Task> _write;
    private readonly TaskCompletionSource<JsonRpcMessage> _greeted = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private volatile bool _isLost;

    private RelayLink(RelayTarget target, HttpClientTransport transport, ITransport server, Func<JsonRpcMessage, Task> write)
    {
        (_target, _transport, _server, _write) = (target, transport, server, write);
        Ended = DownAsync();
    }

    /// <summary>Whether nothing can be sent any more.</summary>
    public bool IsLost => _isLost;

    /// <summary>Ends when nothing comes any more, and all that came is written.</summary>
    public Task Ended { get; }

    /// <summary>Connects.</summary>
    /// <param name="target">The server.</param>
    /// <param name="write">Hands its messages to the client.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>The connection; nothing was said yet.</returns>
    public static async Task<RelayLink> OpenAsync(RelayTarget target, Func<JsonRpcMessage, Task> write, CancellationToken cancellationToken)
    {
        var options = new HttpClientTransportOptions { Endpoint = target.Url, TransportMode = HttpTransportMode.StreamableHttp };
        var transport = new HttpClientTransport(options, target.Http, ownsHttpClient: false);
        return new RelayLink(target, transport, await transport.ConnectAsync(cancellationToken).ConfigureAwait(false), write);
    }

    /// <summary>Sends a message; for a request, it lasts until the answer came.</summary>
    public async Task SendAsync(JsonRpcMessage message, CancellationToken cancellationToken)
    {
        _definitions.Carry(message);
        await _server.SendMessageAsync(message, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Begins a session as the client began its own; the client does not see the answer.</summary>
    /// <param name="initialize">What the client said.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="IOException">The server does not take it.</exception>
    public async Task GreetAsync(RpcMessage initialize, CancellationToken cancellationToken)
    {
        await SendAsync(new JsonRpcRequest { Id = new RequestId(GreetingId), Method = McpMethods.Initialize, Params = initialize.CopyParams() }, cancellationToken).ConfigureAwait(false);
        if (await _greeted.Task.WaitAsync(cancellationToken).ConfigureAwait(false) is JsonRpcError refused)
        {
            throw new IOException($"The new session was refused: {refused.Error.Message}");
        }

        await SendAsync(Rpc.Notification(McpMethods.Initialized), cancellationToken).ConfigureAwait(false);
        foreach (string changed in (string[])[McpMethods.ToolsChanged, McpMethods.PromptsChanged, McpMethods.ResourcesChanged])
        {
            await _write(Rpc.Notification(changed, new JsonObject())).ConfigureAwait(false); // nobody knows what the client missed
        }
    }

    /// <summary>Notes that the connection cannot be used any more.</summary>
    public void Lose() => _isLost = true;

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        _isLost = true;
        await _server.DisposeAsync().ConfigureAwait(false); // no more comes; what came is written
        await _transport.DisposeAsync().ConfigureAwait(false);
        await Ended.ConfigureAwait(false);
        _target.Http.Dispose();
    }

    private async Task DownAsync()
    {
        try
        {
            await foreach (JsonRpcMessage message in _server.MessageReader.ReadAllAsync().ConfigureAwait(false))
            {
                if (message is JsonRpcMessageWithId { Id.Id: GreetingId } and not JsonRpcRequest)
                {
                    _greeted.TrySetResult(message);
                }
                else
                {
                    _definitions.Note(message);
                    await _write(message).ConfigureAwait(false);
                }
            }
        }
        catch (Exception error) when (error is IOException or McpException)
        {
            // The session is gone; who waits is told.
        }

        _isLost = true;
        _greeted.TrySetException(new IOException("The connection ended."));
        _ = _greeted.Task.Exception; // observed: mostly nobody waits
    }
}
