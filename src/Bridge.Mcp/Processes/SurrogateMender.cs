using System.Globalization;

namespace Bridge.Mcp.Processes;

/// <summary>Replaces escapes of half surrogate pairs in JSON that streams by: servers that cut texts at a length make them.</summary>
/// <remarks>Without it, one emoji cut in half would make a whole message unreadable. Bytes that are not UTF-8 are read with marks just so.</remarks>
internal sealed class SurrogateMender
{
    private const int EscapeLength = 6;

    private readonly byte[] _held = new byte[2 * EscapeLength];

    /// <summary>How many bytes wait for what follows them.</summary>
    public int Held { get; private set; }

    /// <summary>Puts the bytes that wait before those that follow.</summary>
    /// <param name="buffer">Where to; it takes what fits.</param>
    /// <returns>How many there were.</returns>
    public int Release(Span<byte> buffer)
    {
        int count = Math.Min(Held, buffer.Length);
        _held.AsSpan(0, count).CopyTo(buffer);
        _held.AsSpan(count, Held - count).CopyTo(_held);
        Held -= count;
        return count;
    }

    /// <summary>Mends a piece of text in place.</summary>
    /// <param name="text">The piece, with what waited before it.</param>
    /// <param name="isEnd">Whether nothing follows.</param>
    /// <returns>How much of it may pass; the rest waits.</returns>
    public int Mend(Span<byte> text, bool isEnd)
    {
        int at = 0;
        while (text[at..].IndexOf((byte)'\\') is >= 0 and var next)
        {
            at += next;
            ReadOnlySpan<byte> rest = text[at..];
            if (!isEnd && MayGoOn(rest))
            {
                rest.CopyTo(_held);
                Held = rest.Length;
                return at;
            }

            int? unit = UnitOf(rest);
            if (unit is >= 0xD800 and <= 0xDBFF && UnitOf(rest[EscapeLength..]) is >= 0xDC00 and <= 0xDFFF)
            {
                at += 2 * EscapeLength;
                continue;
            }

            if (unit is >= 0xD800 and <= 0xDFFF)
            {
                "\\ufffd"u8.CopyTo(text[at..]);
            }

            at += unit is null ? Math.Min(2, rest.Length) : EscapeLength;
        }

        return text.Length;
    }

    /// <summary>Whether what is there is too short to judge.</summary>
    private static bool MayGoOn(ReadOnlySpan<byte> text)
    {
        if (text.Length < EscapeLength)
        {
            return IsBeginOfEscape(text);
        }

        return text.Length < 2 * EscapeLength && UnitOf(text) is >= 0xD800 and <= 0xDBFF && IsBeginOfEscape(text[EscapeLength..]);
    }

    private static bool IsBeginOfEscape(ReadOnlySpan<byte> text)
    {
        for (int i = 0; i < text.Length; i++)
        {
            if (i switch { 0 => text[i] != '\\', 1 => text[i] != 'u', _ => !char.IsAsciiHexDigit((char)text[i]) })
            {
                return false;
            }
        }

        return true;
    }

    private static int? UnitOf(ReadOnlySpan<byte> text) =>
        text.Length >= EscapeLength && IsBeginOfEscape(text[..EscapeLength])
            ? int.Parse(text[2..EscapeLength], NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture)
            : null;
}
