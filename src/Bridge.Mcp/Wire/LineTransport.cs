using System.Text;
using System.Text.Json;
using System.Text.Unicode;
using System.Threading.Channels;
using Bridge.Mcp.Messages;
using Microsoft.Extensions.Logging;
using ModelContextProtocol.Client;
using ModelContextProtocol.Protocol;

namespace Bridge.Mcp.Wire;

/// <summary>A pair of pipes as a transport: a line of UTF-8 is a message. Lines stay bytes from the pipe to the parser.</summary>
/// <param name="input">What the server reads from.</param>
/// <param name="output">What the server writes to.</param>
/// <param name="maxLineBytes">The longest line that is taken.</param>
/// <param name="logger">Where lines are named that are no messages.</param>
internal sealed class LineTransport(Stream input, Stream output, long maxLineBytes, ILogger logger) : IClientTransport, ITransport
{
    private const int Backlog = 256;

    // Whoever reads goes on in the thread that read the line: the order is kept, and no thread is woken for it.
    private readonly Channel<JsonRpcMessage> _messages = Channel.CreateBounded<JsonRpcMessage>(
        new BoundedChannelOptions(Backlog) { SingleReader = true, SingleWriter = true, AllowSynchronousContinuations = true });

    private readonly SemaphoreSlim _writing = new(1, 1);
    private readonly CancellationTokenSource _stop = new();
    private Task _reading = Task.CompletedTask;

    /// <inheritdoc/>
    public string Name => "pipes";

    /// <inheritdoc/>
    public string? SessionId => null;

    /// <inheritdoc/>
    public ChannelReader<JsonRpcMessage> MessageReader => _messages.Reader;

    /// <inheritdoc/>
    public Task<ITransport> ConnectAsync(CancellationToken cancellationToken = default)
    {
        _reading = Task.Run(ReadAsync, CancellationToken.None);
        return Task.FromResult<ITransport>(this);
    }

    /// <inheritdoc/>
    /// <exception cref="IOException">Nobody reads any more: the line did not get through whole, and half a line is no message.</exception>
    public async Task SendMessageAsync(JsonRpcMessage message, CancellationToken cancellationToken = default)
    {
        byte[] line = Rpc.ToLine(message);
        await _writing.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            await input.WriteAsync(line, cancellationToken).ConfigureAwait(false);
            await input.FlushAsync(cancellationToken).ConfigureAwait(false);
        }
        catch (Exception error) when (error is IOException or ObjectDisposedException or InvalidOperationException)
        {
            throw new IOException("The message could not be written.", error);
        }
        finally
        {
            _writing.Release();
        }
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync().ConfigureAwait(false);
        await _reading.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    private async Task ReadAsync()
    {
        Exception? reason = null;
        try
        {
            await foreach (byte[] line in MessageLines.ReadAsync(output, maxLineBytes, _stop.Token).ConfigureAwait(false))
            {
                if (Parse(line) is { } message)
                {
                    await _messages.Writer.WriteAsync(message, _stop.Token).ConfigureAwait(false);
                }
            }
        }
#pragma warning disable CA1031 // Whatever ended the reading ends the transport, and the reader is told why.
        catch (Exception error)
#pragma warning restore CA1031
        {
            reason = error is OperationCanceledException ? null : error;
        }

        _messages.Writer.TryComplete(reason);
    }

    // Servers print what they like to their output; what is no message hurts nobody.
    private JsonRpcMessage? Parse(byte[] line)
    {
        try
        {
            return Rpc.FromUtf8(Utf8.IsValid(line) ? line : Encoding.UTF8.GetBytes(Encoding.UTF8.GetString(line)));
        }
        catch (JsonException error)
        {
            WireLog.NoMessage(logger, error.Message);
            return null;
        }
    }
}
