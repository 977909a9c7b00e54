using System.Text;

namespace Bridge.Schemas.Json;

/// <summary>Takes the escapes out of strings that a reader has found well-formed.</summary>
internal static class JsonEscapes
{
    private const int LengthOfUnit = 6;

    /// <summary>Writes a string's characters.</summary>
    /// <param name="raw">The string as written, without its quotes.</param>
    /// <param name="into">Where to write; never longer than what is read.</param>
    /// <returns>How many bytes were written; -1 when half of a surrogate pair is escaped, which has no UTF-8.</returns>
    public static int Decode(ReadOnlySpan<byte> raw, Span<byte> into)
    {
        int length = 0;
        while (true)
        {
            int plain = raw.IndexOf((byte)'\\');
            if (plain < 0)
            {
                raw.CopyTo(into[length..]);
                return length + raw.Length;
            }

            raw[..plain].CopyTo(into[length..]);
            length += plain;
            raw = raw[plain..];
            if (raw[1] != 'u')
            {
                into[length++] = Short(raw[1]);
                raw = raw[2..];
                continue;
            }

            if (!TryReadRune(raw, out Rune rune))
            {
                return -1;
            }

            length += rune.EncodeToUtf8(into[length..]);
            raw = raw[(rune.Utf16SequenceLength * LengthOfUnit)..];
        }
    }

    private static byte Short(byte letter) => (char)letter switch
    {
        'n' => (byte)'\n',
        't' => (byte)'\t',
        'r' => (byte)'\r',
        'b' => (byte)'\b',
        'f' => (byte)'\f',
        _ => letter,
    };

    private static bool TryReadRune(ReadOnlySpan<byte> raw, out Rune rune)
    {
        char first = Unit(raw);
        if (!char.IsHighSurrogate(first))
        {
            return Rune.TryCreate(first, out rune);
        }

        rune = default;
        ReadOnlySpan<byte> rest = raw[LengthOfUnit..];
        return rest.StartsWith("\\u"u8) && Rune.TryCreate(first, Unit(rest), out rune);
    }

    private static char Unit(ReadOnlySpan<byte> raw) =>
        (char)((Digit(raw[2]) << 12) | (Digit(raw[3]) << 8) | (Digit(raw[4]) << 4) | Digit(raw[5]));

    private static int Digit(byte digit) => digit <= '9' ? digit - '0' : (digit | 0x20) - 'a' + 10;
}
