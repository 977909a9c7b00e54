using Bridge.Mcp.Messages;
using ModelContextProtocol;
using ModelContextProtocol.Client;
using ModelContextProtocol.Protocol;

namespace Bridge.Mcp.Pipes;

/// <summary>Carries messages between a client's pipes and an MCP server over HTTP, so that several clients share one.</summary>
public static class PipeRelay
{
    private const long MaxLineBytes = 64L * 1024 * 1024;

    /// <summary>Carries messages until the client closes its end.</summary>
    /// <param name="url">The server.</param>
    /// <param name="http">Speaks to it, with the right headers.</param>
    /// <param name="input">What the client writes to.</param>
    /// <param name="output">What the client reads from.</param>
    /// <param name="cancellationToken">Ends it at once.</param>
    /// <returns><see langword="false"/> when the server was lost before the client had closed its end.</returns>
    public static async Task<bool> RunAsync(Uri url, HttpClient http, Stream input, Stream output, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(http);
        var options = new HttpClientTransportOptions { Endpoint = url, TransportMode = HttpTransportMode.StreamableHttp };
        var transport = new HttpClientTransport(options, http, ownsHttpClient: false);
        await using (transport.ConfigureAwait(false))
        {
            ITransport server = await transport.ConnectAsync(cancellationToken).ConfigureAwait(false);
            await using (server.ConfigureAwait(false))
            {
                using var writing = new SemaphoreSlim(1, 1);
                Task down = DownAsync(server, message => WriteAsync(output, writing, message), cancellationToken);
                Task up = UpAsync(server, input, message => WriteAsync(output, writing, message), cancellationToken);
                Task first = await Task.WhenAny(up, down).ConfigureAwait(false);
                await first.ConfigureAwait(false);
                await server.DisposeAsync().ConfigureAwait(false); // no more comes; what came is written
                await down.ConfigureAwait(false);
                return first == up;
            }
        }
    }

    private static async Task UpAsync(ITransport server, Stream input, Func<JsonRpcMessage, Task> answer, CancellationToken cancellationToken)
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
                await answer(Rpc.Error(refused.Id, refused.Code, refused.Message)).ConfigureAwait(false);
                continue;
            }

            Task sending = SendAsync(server, message, answer, cancellationToken);
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

    private static async Task SendAsync(ITransport server, RpcMessage message, Func<JsonRpcMessage, Task> answer, CancellationToken cancellationToken)
    {
        try
        {
            await server.SendMessageAsync(message.ToMessage(), cancellationToken).ConfigureAwait(false);
        }
        catch (Exception error) when (error is HttpRequestException or IOException or McpException || (error is OperationCanceledException && !cancellationToken.IsCancellationRequested))
        {
            if (message.IsRequest)
            {
                await answer(error is McpProtocolException refused
                    ? Rpc.Error(message.Id, (int)refused.ErrorCode, refused.Message)
                    : Rpc.Error(message.Id, RpcCodes.InternalError, $"The running 'bridge serve' did not answer: {error.Message}")).ConfigureAwait(false);
            }
        }
    }

    private static async Task DownAsync(ITransport server, Func<JsonRpcMessage, Task> answer, CancellationToken cancellationToken)
    {
        try
        {
            await foreach (JsonRpcMessage message in server.MessageReader.ReadAllAsync(cancellationToken).ConfigureAwait(false))
            {
                await answer(message).ConfigureAwait(false);
            }
        }
        catch (Exception error) when (error is IOException or McpException)
        {
            // The session is gone; who waits is told.
        }
    }

    private static async Task WriteAsync(Stream output, SemaphoreSlim turn, JsonRpcMessage message)
    {
        await turn.WaitAsync().ConfigureAwait(false);
        try
        {
            await MessageLines.WriteAsync(output, Rpc.ToUtf8(message), CancellationToken.None).ConfigureAwait(false);
        }
        finally
        {
            turn.Release();
        }
    }
}
