using System.Buffers;
using System.IO.Pipelines;
using System.Runtime.CompilerServices;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace Bridge.Llama.Workers;

/// <summary>Messages over two streams, a line of JSON each. Writing is thread-safe.</summary>
/// <param name="input">Where lines come from.</param>
/// <param name="output">Where lines go.</param>
internal sealed class WorkerLines(Stream input, Stream output) : IDisposable
{
    // A prompt with its tools may be long; a line without an end must not fill the memory.
    private const long MaxLineBytes = 64L * 1024 * 1024;

    private readonly SemaphoreSlim _gate = new(1, 1);

    /// <summary>Called for a line that is no message: what a library wrote to standard output.</summary>
    public Action<string> Strayed { get; init; } = static _ => { };

    /// <summary>Writes a message, whole.</summary>
    /// <exception cref="IOException">The other side has gone.</exception>
    public async Task WriteAsync<T>(T message, JsonTypeInfo<T> type)
    {
        byte[] line = [.. JsonSerializer.SerializeToUtf8Bytes(message, type), (byte)'\n'];
        await _gate.WaitAsync().ConfigureAwait(false);
        try
        {
            await output.WriteAsync(line).ConfigureAwait(false);
            await output.FlushAsync().ConfigureAwait(false);
        }
        finally
        {
            _gate.Release();
        }
    }

    /// <summary>Reads messages until the stream ends.</summary>
    /// <exception cref="InvalidDataException">A line has no end.</exception>
    public async IAsyncEnumerable<T> ReadAsync<T>(JsonTypeInfo<T> type, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        var reader = PipeReader.Create(input);
        while (true)
        {
            ReadResult read = await reader.ReadAsync(cancellationToken).ConfigureAwait(false);
            ReadOnlySequence<byte> left = read.Buffer;
            while (left.PositionOf((byte)'\n') is { } end)
            {
                if (Parse(left.Slice(0, end), type) is { } message)
                {
                    yield return message;
                }

                left = left.Slice(left.GetPosition(1, end));
            }

            if (left.Length > MaxLineBytes)
            {
                throw new InvalidDataException($"A message of more than {MaxLineBytes} bytes was sent.");
            }

            reader.AdvanceTo(left.Start, left.End);
            if (read.IsCompleted)
            {
                break; // what has no end was cut off with its writer
            }
        }

        await reader.CompleteAsync().ConfigureAwait(false);
    }

    /// <inheritdoc/>
    public void Dispose() => _gate.Dispose();

    private T? Parse<T>(ReadOnlySequence<byte> line, JsonTypeInfo<T> type)
    {
        try
        {
            var reader = new Utf8JsonReader(line);
            return JsonSerializer.Deserialize(ref reader, type);
        }
        catch (JsonException)
        {
            Strayed(Encoding.UTF8.GetString(line.Slice(0, Math.Min(line.Length, 500))));
            return default;
        }
    }
}
