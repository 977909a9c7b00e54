using System.Numerics;

namespace Bridge.Schemas.Decoding;

/// <summary>A set of bytes.</summary>
public readonly struct ByteSet : IEquatable<ByteSet>
{
    private readonly ulong _a;
    private readonly ulong _b;
    private readonly ulong _c;
    private readonly ulong _d;

    private ByteSet(ulong a, ulong b, ulong c, ulong d) => (_a, _b, _c, _d) = (a, b, c, d);

    /// <summary>How many there are.</summary>
    public int Count => BitOperations.PopCount(_a) + BitOperations.PopCount(_b) + BitOperations.PopCount(_c) + BitOperations.PopCount(_d);

    /// <summary>The smallest; 0 when there is none.</summary>
    public byte First => _a != 0 ? (byte)BitOperations.TrailingZeroCount(_a)
        : _b != 0 ? (byte)(64 + BitOperations.TrailingZeroCount(_b))
        : _c != 0 ? (byte)(128 + BitOperations.TrailingZeroCount(_c))
        : _d != 0 ? (byte)(192 + BitOperations.TrailingZeroCount(_d)) : (byte)0;

    /// <summary>Whether a byte is in the set.</summary>
    /// <param name="value">The byte.</param>
    public bool Contains(byte value) => (Word(value >> 6) & (1UL << (value & 63))) != 0;

    /// <summary>The set of one byte.</summary>
    /// <param name="value">The byte.</param>
    public static ByteSet Of(byte value)
    {
        ulong bit = 1UL << (value & 63);
        return (value >> 6) switch
        {
            0 => new ByteSet(bit, 0, 0, 0),
            1 => new ByteSet(0, bit, 0, 0),
            2 => new ByteSet(0, 0, bit, 0),
            _ => new ByteSet(0, 0, 0, bit),
        };
    }

    /// <summary>The bytes of either set.</summary>
    /// <param name="other">The other set.</param>
    public ByteSet BitwiseOr(ByteSet other) => new(_a | other._a, _b | other._b, _c | other._c, _d | other._d);

    /// <summary>The bytes, ascending.</summary>
    public IEnumerable<byte> ToEnumerable()
    {
        for (int value = 0; value < 256; value++)
        {
            if (Contains((byte)value))
            {
                yield return (byte)value;
            }
        }
    }

    /// <inheritdoc/>
    public bool Equals(ByteSet other) => _a == other._a && _b == other._b && _c == other._c && _d == other._d;

    /// <inheritdoc/>
    public override bool Equals(object? obj) => obj is ByteSet other && Equals(other);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(_a, _b, _c, _d);

    /// <summary>Whether two sets are equal.</summary>
    public static bool operator ==(ByteSet left, ByteSet right) => left.Equals(right);

    /// <summary>Whether two sets differ.</summary>
    public static bool operator !=(ByteSet left, ByteSet right) => !left.Equals(right);

    /// <summary>The bytes of either set.</summary>
    public static ByteSet operator |(ByteSet left, ByteSet right) => left.BitwiseOr(right);

    private ulong Word(int index) => index switch
    {
        0 => _a,
        1 => _b,
        2 => _c,
        _ => _d,
    };
}
