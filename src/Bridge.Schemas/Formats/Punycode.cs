namespace Bridge.Schemas.Formats;

/// <summary>Punycode (RFC 3492): Unicode written in the letters of host names.</summary>
internal static class Punycode
{
    private const int Base = 36;
    private const int LeastThreshold = 1;
    private const int GreatestThreshold = 26;
    private const int Skew = 38;
    private const int FirstDamping = 700;
    private const int FirstBias = 72;
    private const int FirstCodePoint = 128;

    /// <summary>Decodes the part of a label behind <c>xn--</c>.</summary>
    /// <returns>The code points; <see langword="null"/> when it is not Punycode.</returns>
    public static List<int>? Decode(ReadOnlySpan<char> text)
    {
        int delimiter = text.LastIndexOf('-');
        var decoded = new List<int>();
        foreach (char plain in delimiter < 0 ? [] : text[..delimiter])
        {
            decoded.Add(plain);
        }

        text = text[(delimiter + 1)..];
        if (text.IsEmpty || delimiter == 0)
        {
            return null;
        }

        (int codePoint, int bias, int index) = (FirstCodePoint, FirstBias, 0);
        while (!text.IsEmpty)
        {
            long next = index + TakeDelta(ref text, bias);
            int count = decoded.Count + 1;
            long reached = codePoint + (next / count);
            if (next > int.MaxValue || reached > 0x10FFFF)
            {
                return null;
            }

            bias = Adapt((int)next - index, count, isFirst: index == 0);
            codePoint = (int)reached;
            index = (int)(next % count);
            decoded.Insert(index++, codePoint);
        }

        return decoded;
    }

    /// <summary>Takes a number of variable length; one that is cut off or too big comes back as too big.</summary>
    private static long TakeDelta(ref ReadOnlySpan<char> text, int bias)
    {
        const long TooBig = int.MaxValue + 1L;
        long delta = 0;
        long weight = 1;
        for (int k = Base; ; k += Base)
        {
            int digit = text.IsEmpty ? -1 : DigitOf(text[0]);
            if (digit < 0 || weight > int.MaxValue)
            {
                return TooBig;
            }

            text = text[1..];
            delta += digit * weight;
            int threshold = Math.Clamp(k - bias, LeastThreshold, GreatestThreshold);
            if (digit < threshold)
            {
                return delta;
            }

            weight *= Base - threshold;
        }
    }

    private static int DigitOf(char unit) =>
        char.IsAsciiLetter(unit) ? char.ToLowerInvariant(unit) - 'a' : char.IsAsciiDigit(unit) ? unit - '0' + 26 : -1;

    private static int Adapt(int delta, int count, bool isFirst)
    {
        delta /= isFirst ? FirstDamping : 2;
        delta += delta / count;
        int k = 0;
        while (delta > (Base - LeastThreshold) * GreatestThreshold / 2)
        {
            delta /= Base - LeastThreshold;
            k += Base;
        }

        return k + ((Base - LeastThreshold + 1) * delta / (delta + Skew));
    }
}
