using System.Text.Json.Nodes;
using System.Threading.Channels;
using Bridge.Mcp.Gateway;
using Bridge.Mcp.Messages;
using Microsoft.AspNetCore.Http;
using ModelContextProtocol.Protocol;

namespace Bridge.Http.Gateway;

/// <summary>The answer to one posted request: plain JSON when the answer is all there is, a stream of events when something comes before it or it takes long.</summary>
/// <param name="response">The HTTP answer.</param>
/// <param name="stateless">Whether errors have an HTTP status of their own, as in the revision without sessions.</param>
/// <param name="aborted">The client is gone.</param>
/// <param name="log">Where events are noted, so that a client that is gone can come back for them; <see langword="null"/> for nowhere.</param>
internal sealed class PostReply(HttpResponse response, bool stateless, CancellationToken aborted, EventLog? log = null) : IMessageSink
{
    private readonly Lock _gate = new();
    private Channel<JsonRpcMessage>? _ahead;
    private Task _writing = Task.CompletedTask;
    private bool _ended;

    /// <summary>Makes it a stream, so that the client sees that it is being worked on.</summary>
    public void Begin() => Stream();

    /// <inheritdoc/>
    public bool TryPost(JsonRpcMessage message) => Stream()?.TryWrite(message) == true;

    /// <inheritdoc/>
    public async ValueTask SendAsync(JsonRpcMessage message, CancellationToken cancellationToken)
    {
        if (message is JsonRpcResponse or JsonRpcError)
        {
            await EndAsync(message).ConfigureAwait(false);
            return;
        }

        try
        {
            await (Stream() ?? throw Gone()).WriteAsync(message, cancellationToken).ConfigureAwait(false);
        }
        catch (ChannelClosedException)
        {
            throw Gone();
        }
    }

    /// <summary>Ends it: whatever waits is written. Without an answer, because the client cancelled, it is an empty stream.</summary>
    /// <returns>When all is written, or the client is gone.</returns>
    public async Task CompleteAsync()
    {
        Stream()?.TryComplete();
        await _writing.ConfigureAwait(false);
    }

    private static int StatusOf(int code) => code switch
    {
        RpcCodes.MethodNotFound => StatusCodes.Status404NotFound,
        RpcCodes.HeaderMismatch or RpcCodes.MissingCapability or RpcCodes.UnsupportedRevision => StatusCodes.Status400BadRequest,
        _ => StatusCodes.Status200OK,
    };

    private static IOException Gone() => new("The client is gone.");

    private async Task EndAsync(JsonRpcMessage answer)
    {
        ChannelWriter<JsonRpcMessage>? stream;
        lock (_gate)
        {
            stream = _ahead?.Writer;
            _ended = true;
        }

        if (stream is null)
        {
            await WriteAsync(answer).ConfigureAwait(false);
            return;
        }

        try
        {
            await stream.WriteAsync(answer, log is null ? aborted : CancellationToken.None).ConfigureAwait(false);
        }
        catch (Exception error) when (error is ChannelClosedException or OperationCanceledException)
        {
            // The client is gone.
        }
    }

    private async Task WriteAsync(JsonRpcMessage answer)
    {
        byte[] json = Rpc.ToUtf8(answer);
        response.StatusCode = stateless && answer is JsonRpcError { Error.Code: var code } ? StatusOf(code) : StatusCodes.Status200OK;
        response.ContentType = "application/json";
        response.ContentLength = json.Length;
        if (answer is JsonRpcResponse { Result: JsonObject result } && result["_meta"]?[BridgeMeta.RetryAfter] is { } seconds)
        {
            response.Headers.RetryAfter = seconds.ToString();
        }

        try
        {
            await response.Body.WriteAsync(json, aborted).ConfigureAwait(false);
        }
        catch (Exception error) when (error is IOException or OperationCanceledException)
        {
            // The client is gone.
        }
    }

    private ChannelWriter<JsonRpcMessage>? Stream()
    {
        lock (_gate)
        {
            if (_ahead is null && !_ended)
            {
                _ahead = Channel.CreateBounded<JsonRpcMessage>(new BoundedChannelOptions(MessageQueue.DefaultCapacity) { SingleReader = true });
                _writing = Task.Run(() => WriteAllAsync(_ahead));
            }

            return _ahead?.Writer;
        }
    }

    private async Task WriteAllAsync(Channel<JsonRpcMessage> messages)
    {
        int stream = log?.Begin() ?? EventLog.Unsolicited;
        try
        {
            await EventStream.BeginAsync(response, aborted).ConfigureAwait(false);
            await EventStream.WriteAllAsync(response, messages.Reader, aborted, log, stream).ConfigureAwait(false);
        }
        catch (Exception error) when (error is IOException or OperationCanceledException)
        {
            await LeaveAsync(messages, stream).ConfigureAwait(false);
        }

        log?.End(stream);
    }

    private async Task LeaveAsync(Channel<JsonRpcMessage> messages, int stream)
    {
        if (log is null)
        {
            messages.Writer.TryComplete(); // nobody reads any more: who writes is told
            return;
        }

        await foreach (JsonRpcMessage message in messages.Reader.ReadAllAsync(CancellationToken.None).ConfigureAwait(false))
        {
            log.Add(stream, Rpc.ToUtf8(message)); // the client may come back for it
        }
    }
}
