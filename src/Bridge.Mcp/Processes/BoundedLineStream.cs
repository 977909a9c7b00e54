namespace Bridge.Mcp.Processes;

/// <summary>
/// Passes on what it reads, with halves of surrogate pairs replaced, and fails once a line is longer than allowed: a message without an end
/// must not fill the memory.
/// </summary>
internal sealed class BoundedLineStream(Stream inner, long maxLineBytes, string source) : Stream
{
    private readonly SurrogateMender _mender = new();
    private long _lineBytes;

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

    public override int Read(Span<byte> buffer)
    {
        while (true)
        {
            int held = _mender.Release(buffer);
            int read = inner.Read(buffer[held..]);
            if (Pass(buffer, held, read) is { } passed)
            {
                return passed;
            }
        }
    }

    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        while (true)
        {
            int held = _mender.Release(buffer.Span);
            int read = await inner.ReadAsync(buffer[held..], cancellationToken).ConfigureAwait(false);
            if (Pass(buffer.Span, held, read) is { } passed)
            {
                return passed;
            }
        }
    }

    public override void Flush() => inner.Flush();

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            inner.Dispose();
        }

        base.Dispose(disposing);
    }

    /// <summary>How much was read; <see langword="null"/> when all of it waits for what follows.</summary>
    private int? Pass(Span<byte> buffer, int held, int read)
    {
        Check(buffer.Slice(held, read));
        int passed = _mender.Mend(buffer[..(held + read)], isEnd: read == 0);
        return passed > 0 || read == 0 ? passed : null;
    }

    private void Check(ReadOnlySpan<byte> read)
    {
        int newline = read.LastIndexOf((byte)'\n');
        _lineBytes = newline < 0 ? _lineBytes + read.Length : read.Length - newline - 1;
        if (_lineBytes > maxLineBytes)
        {
            throw new IOException($"The server '{source}' sent a message of more than {maxLineBytes} bytes.");
        }
    }
}
