using System.Buffers;
using System.IO.Pipelines;
using System.Runtime.CompilerServices;

namespace Bridge.Mcp.Messages;

/// <summary>Messages on pipes: one line each, in UTF-8.</summary>
internal static class MessageLines
{
    private static readonly byte[] s_end = "\n"u8.ToArray();
    private static readonly StreamPipeReaderOptions s_reading = new(bufferSize: 16 * 1024);

    /// <summary>Reads lines until there are no more; empty ones are skipped.</summary>
    /// <param name="input">The pipe.</param>
    /// <param name="maxBytes">The longest line that is taken.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    /// <returns>The lines, without their ends.</returns>
    /// <exception cref="InvalidDataException">A line is too long.</exception>
    public static async IAsyncEnumerable<byte[]> ReadAsync(
        Stream input, long maxBytes, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        PipeReader reader = PipeReader.Create(input, s_reading);
        long searched = 0; // of the line that has no end yet: a long one is not searched anew with every piece of it
        while (true)
        {
            // A read of standard input cannot be cancelled; the wait for it can.
            ValueTask<ReadResult> reading = reader.ReadAsync(CancellationToken.None);
            ReadResult read = reading.IsCompletedSuccessfully ? reading.Result : await reading.AsTask().WaitAsync(cancellationToken).ConfigureAwait(false);
            ReadOnlySequence<byte> rest = read.Buffer;
            while (rest.Slice(searched).PositionOf((byte)'\n') is { } end)
            {
                ReadOnlySequence<byte> line = rest.Slice(0, end);
                rest = rest.Slice(rest.GetPosition(1, end));
                searched = 0;
                if (Trim(line) is { Length: > 0 } text)
                {
                    yield return text;
                }
            }

            if (rest.Length > maxBytes)
            {
                throw new InvalidDataException($"A message is longer than {maxBytes} bytes.");
            }

            if (read.IsCompleted)
            {
                if (Trim(rest) is { Length: > 0 } last)
                {
                    yield return last;
                }

                yield break;
            }

            searched = rest.Length;
            reader.AdvanceTo(rest.Start, rest.End);
        }
    }

    /// <summary>Writes one line.</summary>
    /// <param name="output">The pipe.</param>
    /// <param name="line">The line, without its end.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>When it is written.</returns>
    public static async Task WriteAsync(Stream output, byte[] line, CancellationToken cancellationToken)
    {
        await output.WriteAsync(line, cancellationToken).ConfigureAwait(false);
        await output.WriteAsync(s_end, cancellationToken).ConfigureAwait(false);
        await output.FlushAsync(cancellationToken).ConfigureAwait(false);
    }

    private static byte[] Trim(ReadOnlySequence<byte> line) => line.ToArray() is var text && text is [.. var before, (byte)'\r'] ? before : text;
}
