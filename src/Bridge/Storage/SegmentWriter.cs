using System.Text;

namespace Bridge.Storage;

/// <summary>The one writer of a segment. Not thread-safe.</summary>
/// <remarks>
/// A writer holds a numbered seat for as long as it lives: the lock on <c>writer-N.lock</c>, which ends with the process however
/// that ends. The file of the seat names the segment written last, so that the next process in the same seat goes on with it
/// instead of leaving a file per command.
/// </remarks>
/// <param name="folder">The data folder.</param>
/// <param name="clock">Tells the day a segment is named for.</param>
/// <param name="names">The names of the segments, and of their folder.</param>
/// <param name="segmentSize">How large a segment grows before the next begins, in bytes.</param>
/// <param name="opened">Hears the name of each new segment.</param>
internal sealed class SegmentWriter(DataFolder folder, TimeProvider clock, SegmentNames names, long segmentSize, Action<string> opened) : IDisposable
{
    /// <summary>16 MiB: some 40,000 records.</summary>
    public const long DefaultSize = 16 * 1024 * 1024;

    private const int MostSeats = 1024;
    private FileStream? _seat;
    private FileStream? _segment;
    private DateOnly _day;
    private long _size;

    /// <summary>Appends a line in one write.</summary>
    /// <param name="line">The line with its end.</param>
    /// <param name="fsync">Whether it is forced to the disk.</param>
    /// <exception cref="IOException">It was not written.</exception>
    public void Append(ReadOnlySpan<byte> line, bool fsync)
    {
        var today = DateOnly.FromDateTime(clock.GetUtcNow().UtcDateTime);
        if (_segment is null || _day != today || _size >= segmentSize)
        {
            Open(today);
        }

        try
        {
            _segment!.Write(line);
            _segment.Flush(fsync);
            _size += line.Length;
        }
        catch
        {
            // What is in the file now is unknown; the next record begins by looking.
            Close();
            throw;
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        Close();
        _seat?.Dispose();
        _seat = null;
    }

    private void Open(DateOnly today)
    {
        Close();
        string place = folder.Folder(names.Kind);
        _seat ??= TakeSeat(place);
        _segment = Continue(place, today) ?? Create(place, today);
        _day = today;
        _size = _segment.Length;
    }

    private static FileStream TakeSeat(string place)
    {
        for (int number = 1; number <= MostSeats; number++)
        {
            if (FileLock.TryTake(Path.Combine(place, $"writer-{number}.lock")) is { } seat)
            {
                return seat;
            }
        }

        throw new IOException($"{MostSeats} processes write to '{place}' already, or it cannot be written at all.");
    }

    /// <summary>The segment this seat wrote last, if it is today's and has room.</summary>
    private FileStream? Continue(string place, DateOnly today)
    {
        string name = ReadSeat();
        if (!names.IsOf(name, today) || !File.Exists(Path.Combine(place, name)))
        {
            return null;
        }

        FileStream segment = PrivateFile.Open(Path.Combine(place, name), FileMode.Open, FileShare.ReadWrite);
        if (segment.Length >= segmentSize)
        {
            segment.Dispose();
            return null;
        }

        EndTornLine(segment);
        return segment;
    }

    private FileStream Create(string place, DateOnly today)
    {
        int number = names.Highest(place, today) + 1;
        while (true)
        {
            string name = names.Name(today, number++);
            string path = Path.Combine(place, name);
            try
            {
                FileStream segment = PrivateFile.Open(path, FileMode.CreateNew, FileShare.ReadWrite);
                WriteSeat(name);
                opened(name);
                return segment;
            }
            catch (IOException) when (Path.Exists(path))
            {
                // Another process took the number; the next one may be free.
            }
        }
    }

    /// <summary>A process that died in the middle of a write left half a line; the next record must not grow onto it.</summary>
    private static void EndTornLine(FileStream segment)
    {
        if (segment.Length > 0)
        {
            segment.Seek(-1, SeekOrigin.End);
            if (segment.ReadByte() != '\n')
            {
                segment.WriteByte((byte)'\n');
            }
        }
    }

    private string ReadSeat()
    {
        Span<byte> text = stackalloc byte[64];
        _seat!.Seek(0, SeekOrigin.Begin);
        return Encoding.ASCII.GetString(text[.._seat.ReadAtLeast(text, text.Length, throwOnEndOfStream: false)]).Trim();
    }

    private void WriteSeat(string name)
    {
        _seat!.SetLength(0);
        _seat.Seek(0, SeekOrigin.Begin);
        _seat.Write(Encoding.ASCII.GetBytes(name));
    }

    private void Close()
    {
        _segment?.Dispose();
        _segment = null;
    }
}
