using System.Net;
using Bridge.Mcp.Messages;
using ModelContextProtocol;
using ModelContextProtocol.Protocol;

namespace Bridge.Mcp.Pipes;

/// <summary>Carries messages between a client's pipes and an MCP server over HTTP, so that several clients share one. A server that is started anew is attached to again.</summary>
/// <param name="attach">Finds the server; <see langword="null"/> while there is none.</param>
/// <param name="output">What the client reads from.</param>
/// <param name="time">The clock.</param>
public sealed class PipeRelay(Func<CancellationToken, Task<RelayTarget?>> attach, Stream output, TimeProvider time) : IAsyncDisposable
{
    private const long MaxLineBytes = 64L * 1024 * 1024;

    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(60), s_pause = TimeSpan.FromMilliseconds(500);

    private readonly SemaphoreSlim _writing = new(1, 1), _attaching = new(1, 1);
    private readonly CancellationTokenSource _end = new();
    private readonly TaskCompletionSource _gone = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private RelayLink? _link;
    private RpcMessage? _initialize;

    /// <summary>Carries messages until the client closes its end.</summary>
    /// <param name="input">What the client writes to.</param>
    /// <param name="cancellationToken">Ends it at once.</param>
    /// <returns><see langword="false"/> when the server was lost, and no other came within a minute, before the client had closed its end.</returns>
    public async Task<bool> RunAsync(Stream input, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(input);
        Task up = UpAsync(input, cancellationToken);
        Task first = await Task.WhenAny(up, _gone.Task).ConfigureAwait(false);
        await first.ConfigureAwait(false);
        return first == up;
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await _end.CancelAsync().ConfigureAwait(false);
        if (_link is { } link)
        {
            await link.DisposeAsync().ConfigureAwait(false);
        }

        _writing.Dispose();
        _attaching.Dispose();
        _end.Dispose();
    }

    // A refused connection and an unknown session mean that nobody read the message.
    private static bool WasNotRead(Exception error) =>
        error is HttpRequestException { HttpRequestError: HttpRequestError.ConnectionError } or HttpRequestException { StatusCode: HttpStatusCode.NotFound };

    private static bool IsFailure(Exception error, CancellationToken cancellationToken) =>
        error is HttpRequestException or IOException or McpException or ObjectDisposedException or InvalidOperationException
        || (error is OperationCanceledException && !cancellationToken.IsCancellationRequested);

    private async Task UpAsync(Stream input, CancellationToken cancellationToken)
    {
        var running = new List<Task>();
        await foreach (byte[] line in MessageLines.ReadAsync(input, MaxLineBytes, cancellationToken).ConfigureAwait(false))
        {
            RpcMessage message;
            try
            {
                message = RpcReader.Read(line);
            }
            catch (RpcException refused)
            {
                await WriteAsync(Rpc.Error(refused.Id, refused.Code, refused.Message)).ConfigureAwait(false);
                continue;
            }

            Task sending = SendAsync(message, cancellationToken);
            if (message.IsRequest && message.Method != McpMethods.Initialize)
            {
                running.RemoveAll(task => task.IsCompleted);
                running.Add(sending); // lasts until the answer came
            }
            else
            {
                await sending.ConfigureAwait(false); // order matters, and the session begins with the answer
            }
        }

        await Task.WhenAll(running).ConfigureAwait(false);
    }

    private async Task SendAsync(RpcMessage message, CancellationToken cancellationToken)
    {
        RelayLink? link = null;
        try
        {
            link = await LinkAsync(cancellationToken).ConfigureAwait(false);
            await link.SendAsync(message.ToMessage(), cancellationToken).ConfigureAwait(false);
            _initialize = message is { IsRequest: true, Method: McpMethods.Initialize } ? message : _initialize;
        }
        catch (Exception error) when (WasNotRead(error) && link is not null && _initialize is not null)
        {
            link.Lose();
            await SendAgainAsync(message, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception error) when (IsFailure(error, cancellationToken))
        {
            await RefuseAsync(message, error).ConfigureAwait(false);
        }
    }

    private async Task SendAgainAsync(RpcMessage message, CancellationToken cancellationToken)
    {
        try
        {
            RelayLink link = await LinkAsync(cancellationToken).ConfigureAwait(false);
            await link.SendAsync(message.ToMessage(), cancellationToken).ConfigureAwait(false);
        }
        catch (Exception error) when (IsFailure(error, cancellationToken))
        {
            await RefuseAsync(message, error).ConfigureAwait(false);
        }
    }

    private Task RefuseAsync(RpcMessage message, Exception error) => !message.IsRequest ? Task.CompletedTask : WriteAsync(error is McpProtocolException refused
        ? Rpc.Error(message.Id, (int)refused.ErrorCode, refused.Message)
        : Rpc.Error(message.Id, RpcCodes.InternalError, $"The running 'bridge serve' did not answer, and nobody knows how far it came: {error.Message}"));

    /// <summary>The connection there is, or a new one where it was lost.</summary>
    private async Task<RelayLink> LinkAsync(CancellationToken cancellationToken)
    {
        await _attaching.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            if (_link is { IsLost: false } link)
            {
                return link;
            }

            if (_link is not null)
            {
                await _link.DisposeAsync().ConfigureAwait(false);
            }

            _link = await AttachAsync(cancellationToken).ConfigureAwait(false);
            _ = FollowAsync(_link, _end.Token);
            return _link;
        }
        finally
        {
            _attaching.Release();
        }
    }

    private async Task<RelayLink> AttachAsync(CancellationToken cancellationToken)
    {
        for (long start = time.GetTimestamp(); ; await Task.Delay(s_pause, time, cancellationToken).ConfigureAwait(false))
        {
            RelayTarget? target = await attach(cancellationToken).ConfigureAwait(false);
            RelayLink? link = target is null ? null : await RelayLink.OpenAsync(target, WriteAsync, cancellationToken).ConfigureAwait(false);
            try
            {
                if (link is not null && _initialize is { } initialize)
                {
                    await link.GreetAsync(initialize, cancellationToken).ConfigureAwait(false);
                }

                if (link is not null)
                {
                    return link;
                }
            }
            catch (Exception error) when (IsFailure(error, cancellationToken))
            {
                await link!.DisposeAsync().ConfigureAwait(false); // it is starting, or stopping
            }

            if (time.GetElapsedTime(start) >= s_patience)
            {
                _gone.TrySetResult();
                throw new IOException("'bridge serve' ended, and no other was started.");
            }
        }
    }

    // What the server says by itself must go on, also when the client asks for nothing.
    private async Task FollowAsync(RelayLink link, CancellationToken cancellationToken)
    {
        await link.Ended.ConfigureAwait(false);
        try
        {
            if (link == _link && !cancellationToken.IsCancellationRequested)
            {
                await LinkAsync(cancellationToken).ConfigureAwait(false);
            }
        }
        catch (Exception error) when (error is IOException or OperationCanceledException or ObjectDisposedException)
        {
            // Told by the end of the run, or the run is over.
        }
    }

    private async Task WriteAsync(JsonRpcMessage message)
    {
        await _writing.WaitAsync().ConfigureAwait(false);
        try
        {
            await MessageLines.WriteAsync(output, Rpc.ToUtf8(message), CancellationToken.None).ConfigureAwait(false);
        }
        finally
        {
            _writing.Release();
        }
    }
}
