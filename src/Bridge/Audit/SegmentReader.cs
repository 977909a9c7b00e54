using System.Buffers;
using System.IO.Pipelines;
using System.Runtime.CompilerServices;
using System.Text.Json;

namespace Bridge.Audit;

/// <summary>Reads one segment from where the last reading ended. Not thread-safe.</summary>
/// <param name="path">The segment.</param>
internal sealed class SegmentReader(string path)
{
    private long _position;
    private int _lines;
    private int _damaged;
    private int? _firstDamaged;
    private bool _endsInHalf;

    /// <summary>How many lines could not be read; a half line at the end is one of them until it is whole.</summary>
    public int UnreadableLines => _damaged + (_endsInHalf ? 1 : 0);

    /// <summary>The number of the first line that could not be read, from 1.</summary>
    public int? FirstUnreadable => _firstDamaged ?? (_endsInHalf ? _lines + 1 : null);

    /// <summary>Streams the records of the whole lines that came since.</summary>
    /// <param name="cancellationToken">Ends the reading.</param>
    /// <returns>The records.</returns>
    public async IAsyncEnumerable<AuditRecord> ReadAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        if (Open() is not { } stream)
        {
            yield break;
        }

        PipeReader lines = PipeReader.Create(stream);
        try
        {
            ReadResult read;
            do
            {
                read = await lines.ReadAsync(cancellationToken).ConfigureAwait(false);
                ReadOnlySequence<byte> left = read.Buffer;
                while (TryTakeLine(ref left, out ReadOnlySequence<byte> line))
                {
                    if (Parse(line) is { } entry)
                    {
                        yield return entry;
                    }
                }

                _endsInHalf = !left.IsEmpty;
                lines.AdvanceTo(left.Start, left.End);
            }
            while (!read.IsCompleted);
        }
        finally
        {
            await lines.CompleteAsync().ConfigureAwait(false);
        }
    }

    private FileStream? Open()
    {
        try
        {
            var stream = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
            stream.Position = _position;
            return stream;
        }
        catch (FileNotFoundException)
        {
            return null; // put away by somebody since the folder was listed
        }
    }

    private bool TryTakeLine(ref ReadOnlySequence<byte> left, out ReadOnlySequence<byte> line)
    {
        if (left.PositionOf((byte)'\n') is not { } end)
        {
            line = default;
            return false;
        }

        line = left.Slice(0, end);
        left = left.Slice(left.GetPosition(1, end));
        _position += line.Length + 1;
        _lines++;
        return true;
    }

    private AuditRecord? Parse(ReadOnlySequence<byte> line)
    {
        try
        {
            var reader = new Utf8JsonReader(line);
            if (JsonSerializer.Deserialize(ref reader, AuditJsonContext.Default.AuditRecord) is { } entry)
            {
                return entry;
            }
        }
        catch (JsonException)
        {
            // Counted below.
        }

        _damaged++;
        _firstDamaged ??= _lines;
        return null;
    }
}
