using System.Numerics;
using System.Runtime.InteropServices;
using System.Text.Json;

namespace Bridge.Schemas.Json;

/// <summary>A JSON number without rounding: a whole mantissa times a power of ten. Numbers of up to 18 digits never allocate.</summary>
internal readonly struct ExactNumber : IComparable<ExactNumber>, IEquatable<ExactNumber>
{
    /// <summary>Digits beyond this are dropped: nobody means them, and arithmetic stays bounded.</summary>
    private const int MaxDigits = 2048;
    /// <summary>Whole numbers of so many digits fit a <see cref="long"/>.</summary>
    public const int SmallDigits = 18;

    private const int MaxExponent = 1_000_000_000;

    private readonly long _small;
    private readonly BigInteger _big;
    private readonly int _exponent;
    private readonly bool _isBig;

    private ExactNumber(long small, int exponent)
    {
        while (small != 0 && small % 10 == 0)
        {
            small /= 10;
            exponent++;
        }

        _small = small;
        _exponent = small == 0 ? 0 : exponent;
    }

    private ExactNumber(BigInteger big, int exponent)
    {
        while (!big.IsZero && (big % 10).IsZero)
        {
            big /= 10;
            exponent++;
        }

        _big = big;
        _exponent = exponent;
        _isBig = true;
    }

    /// <summary>Whether it is a whole number, however it is spelled: <c>2.0</c> and <c>2e3</c> are.</summary>
    public bool IsInteger => _exponent >= 0;

    /// <summary>-1, 0 or 1.</summary>
    public int Sign => _isBig ? _big.Sign : Math.Sign(_small);

    private BigInteger Mantissa => _isBig ? _big : _small;

    /// <summary>Reads a number.</summary>
    public static ExactNumber Of(JsonElement number) => Parse(JsonMarshal.GetRawUtf8Value(number));

    /// <summary>Reads a number's JSON spelling.</summary>
    public static ExactNumber Parse(ReadOnlySpan<byte> text)
    {
        bool negative = text[0] == '-';
        ReadOnlySpan<byte> digits = negative ? text[1..] : text;
        int exponent = 0;
        int mark = digits.IndexOfAny((byte)'e', (byte)'E');
        if (mark >= 0)
        {
            exponent = ParseExponent(digits[(mark + 1)..]);
            digits = digits[..mark];
        }

        int point = digits.IndexOf((byte)'.');
        int count = point < 0 ? digits.Length : digits.Length - 1;
        int dropped = Math.Max(0, count - MaxDigits);
        exponent = Math.Clamp(exponent - (point < 0 ? 0 : digits.Length - point - 1) + dropped, -MaxExponent, MaxExponent);
        if (count <= SmallDigits)
        {
            long small = 0;
            foreach (byte digit in digits)
            {
                small = digit == '.' ? small : (small * 10) + (digit - '0');
            }

            return new ExactNumber(negative ? -small : small, exponent);
        }

        return ParseBig(digits, count - dropped, negative, exponent);
    }

    /// <inheritdoc/>
    public int CompareTo(ExactNumber other)
    {
        if (Sign != other.Sign)
        {
            return Sign.CompareTo(other.Sign);
        }

        int shift = _exponent - other._exponent;
        if (!_isBig && !other._isBig && Math.Abs(shift) <= SmallDigits)
        {
            Int128 left = shift > 0 ? _small * Power(shift) : _small;
            Int128 right = shift < 0 ? other._small * Power(-shift) : other._small;
            return left.CompareTo(right);
        }

        long magnitude = Magnitude();
        long otherMagnitude = other.Magnitude();
        if (magnitude != otherMagnitude)
        {
            return magnitude > otherMagnitude ? Sign : -Sign;
        }

        return shift >= 0
            ? (Mantissa * BigInteger.Pow(10, shift)).CompareTo(other.Mantissa)
            : Mantissa.CompareTo(other.Mantissa * BigInteger.Pow(10, -shift));
    }

    /// <summary>Whether it is a whole multiple of another number, which must not be zero.</summary>
    public bool IsMultipleOf(ExactNumber divisor)
    {
        if (Sign == 0)
        {
            return true;
        }

        // Neither mantissa ends in zero, so a divisor with the greater power of ten cannot divide.
        int shift = _exponent - divisor._exponent;
        if (shift < 0)
        {
            return false;
        }

        if (!_isBig && !divisor._isBig && shift <= SmallDigits)
        {
            return _small * Power(shift) % divisor._small == 0;
        }

        BigInteger modulus = BigInteger.Abs(divisor.Mantissa);
        return (Mantissa * BigInteger.ModPow(10, shift, modulus) % modulus).IsZero;
    }

    /// <summary>The value as a count, capped at <see cref="int.MaxValue"/>; <see langword="null"/> when it is not a whole number from 0.</summary>
    public int? ToCount()
    {
        if (!IsInteger || Sign < 0)
        {
            return null;
        }

        return _isBig || _exponent > 9 ? int.MaxValue : (int)Int128.Min(_small * Power(_exponent), int.MaxValue);
    }

    /// <summary>The value, if it is a whole number that a <see cref="long"/> holds for sure.</summary>
    public long? ToInt64()
    {
        bool fits = !_isBig && _exponent is >= 0 and <= SmallDigits && Int128.Abs(_small * Power(_exponent)) < Power(SmallDigits);
        return fits ? (long)(_small * Power(_exponent)) : null;
    }

    /// <summary>The digits of the magnitude before and after the point; of the latter, those beyond a limit are dropped.</summary>
    public (string Integer, string Fraction) ToDecimal(int maxDigits)
    {
        string digits = BigInteger.Abs(Mantissa).ToString(System.Globalization.CultureInfo.InvariantCulture);
        if (_exponent >= 0)
        {
            return (digits + new string('0', digits == "0" ? 0 : Math.Min(_exponent, maxDigits)), "");
        }

        string padded = digits.PadLeft(Math.Min(-_exponent, maxDigits) + 1, '0');
        int point = -_exponent < padded.Length ? padded.Length + _exponent : 1;
        string fraction = padded[point..];
        return (padded[..point], fraction.Length > maxDigits ? fraction[..maxDigits] : fraction);
    }

    /// <summary>The value as a JSON number: plain where that is short, else with an exponent.</summary>
    public override string ToString()
    {
        if (Math.Abs(_exponent) > SmallDigits)
        {
            return string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{Mantissa}e{_exponent}");
        }

        (string integer, string fraction) = ToDecimal(MaxDigits);
        return $"{(Sign < 0 ? "-" : "")}{integer}{(fraction.Length > 0 ? "." : "")}{fraction}";
    }

    /// <inheritdoc/>
    public bool Equals(ExactNumber other) =>
        _exponent == other._exponent && (_isBig || other._isBig ? Mantissa == other.Mantissa : _small == other._small);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => obj is ExactNumber other && Equals(other);

    /// <inheritdoc/>
    public override int GetHashCode() => _isBig ? HashCode.Combine(_big, _exponent) : HashCode.Combine(_small, _exponent);

    private static int ParseExponent(ReadOnlySpan<byte> text)
    {
        bool negative = text[0] == '-';
        int value = 0;
        foreach (byte digit in text[0] is (byte)'-' or (byte)'+' ? text[1..] : text)
        {
            value = Math.Min((value * 10L) + (digit - '0'), MaxExponent) is var next ? (int)next : 0;
        }

        return negative ? -value : value;
    }

    private static ExactNumber ParseBig(ReadOnlySpan<byte> text, int count, bool negative, int exponent)
    {
        Span<char> digits = stackalloc char[MaxDigits];
        int length = 0;
        foreach (byte digit in text)
        {
            if (digit != '.' && length < count)
            {
                digits[length++] = (char)digit;
            }
        }

        var value = BigInteger.Parse(digits[..length], System.Globalization.CultureInfo.InvariantCulture);
        bool small = BigInteger.Abs(value) < (BigInteger)Power(SmallDigits);
        value = negative ? -value : value;
        return small ? new ExactNumber((long)value, exponent) : Normalize(new ExactNumber(value, exponent));
    }

    private static ExactNumber Normalize(ExactNumber number) => BigInteger.Abs(number._big) < (BigInteger)Power(SmallDigits)
        ? new ExactNumber((long)number._big, number._exponent)
        : number;

    private static Int128 Power(int exponent)
    {
        Int128 power = 1;
        for (int i = 0; i < exponent; i++)
        {
            power *= 10;
        }

        return power;
    }

    private long Magnitude()
    {
        int digits = BigInteger.Abs(Mantissa).ToString(System.Globalization.CultureInfo.InvariantCulture).Length;
        return digits + (long)_exponent;
    }
}
