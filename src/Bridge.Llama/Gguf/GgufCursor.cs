using System.Buffers.Binary;
using System.Numerics;
using System.Text;

namespace Bridge.Llama.Gguf;

/// <summary>Reads a file front to back and never believes a length before the file is found to be that long.</summary>
/// <param name="stream">The file; it can seek.</param>
internal sealed class GgufCursor(Stream stream)
{
    // What one hostile file may make us keep; a real one keeps some kilobytes.
    private const int LargestKept = 64 << 20;

    private readonly byte[] _buffer = new byte[64 << 10];
    private readonly long _length = stream.Length;
    private int _start;
    private int _end;
    private long _kept;

    /// <summary>The next byte's place.</summary>
    public long Position { get; private set; }

    /// <summary>How many bytes are left.</summary>
    public long Left => _length - Position;

    /// <summary>How long the file is.</summary>
    public long Length => _length;

    /// <summary>Reads a number.</summary>
    /// <param name="what">What it is, for the message.</param>
    public T Read<T>(string what)
        where T : unmanaged, IBinaryInteger<T>, IMinMaxValue<T>
    {
        int size = T.MaxValue.GetByteCount();
        return T.ReadLittleEndian(Take(size, what), isUnsigned: T.IsZero(T.MinValue));
    }

    /// <summary>Reads a floating number of four bytes.</summary>
    /// <param name="what">What it is.</param>
    public float ReadSingle(string what) => BinaryPrimitives.ReadSingleLittleEndian(Take(sizeof(float), what));

    /// <summary>Reads a floating number of eight bytes.</summary>
    /// <param name="what">What it is.</param>
    public double ReadDouble(string what) => BinaryPrimitives.ReadDoubleLittleEndian(Take(sizeof(double), what));

    /// <summary>Reads a text: eight bytes of length, then UTF-8.</summary>
    /// <param name="what">What it is.</param>
    /// <param name="longest">The longest allowed.</param>
    /// <exception cref="GgufException">It is longer than allowed, or than the file.</exception>
    public string ReadString(string what, int longest)
    {
        long at = Position;
        ulong length = ReadLength(what);
        if (length > (ulong)longest)
        {
            throw new GgufException($"The length of {what} is {length}, and at most {longest} bytes are allowed.", at);
        }

        _kept += (long)length;
        if (_kept > LargestKept)
        {
            throw new GgufException($"The texts of the metadata are longer than {LargestKept >> 20} MiB together.", at);
        }

        byte[] bytes = new byte[(int)length];
        Fill(bytes);
        return Encoding.UTF8.GetString(bytes);
    }

    /// <summary>Passes over a text.</summary>
    /// <param name="what">What it is.</param>
    public void SkipString(string what) => Skip((long)ReadLength(what));

    /// <summary>Passes over bytes that were found to be there.</summary>
    /// <param name="count">How many.</param>
    public void Skip(long count)
    {
        if (count <= _end - _start)
        {
            _start += (int)count;
        }
        else
        {
            _start = _end = 0;
            stream.Position = Position + count;
        }

        Position += count;
    }

    private ulong ReadLength(string what)
    {
        long at = Position;
        ulong length = Read<ulong>(what);
        if (length > (ulong)Left)
        {
            throw new GgufException($"The length of {what} is {length}, and the file has {Left} bytes left: it is cut off or damaged.", at);
        }

        return length;
    }

    private ReadOnlySpan<byte> Take(int count, string what)
    {
        if (count > Left)
        {
            throw new GgufException($"The file ends inside {what}: it is cut off.", Position);
        }

        if (_end - _start < count)
        {
            Refill(count);
        }

        ReadOnlySpan<byte> taken = _buffer.AsSpan(_start, count);
        _start += count;
        Position += count;
        return taken;
    }

    private void Fill(Span<byte> bytes)
    {
        int ready = Math.Min(bytes.Length, _end - _start);
        _buffer.AsSpan(_start, ready).CopyTo(bytes);
        _start += ready;
        if (ready < bytes.Length)
        {
            stream.Position = Position + ready;
            ReadExactly(bytes[ready..], bytes.Length - ready);
        }

        Position += bytes.Length;
    }

    private void Refill(int count)
    {
        int ready = _end - _start;
        _buffer.AsSpan(_start, ready).CopyTo(_buffer);
        stream.Position = Position + ready;
        _end = ready + ReadExactly(_buffer.AsSpan(ready), count - ready);
        _start = 0;
    }

    // The length was asked once; a file that shrinks meanwhile is caught here.
    private int ReadExactly(Span<byte> bytes, int least)
    {
        int read = stream.ReadAtLeast(bytes, least, throwOnEndOfStream: false);
        return read >= least ? read : throw new GgufException("The file became shorter while it was read.", Position);
    }
}
