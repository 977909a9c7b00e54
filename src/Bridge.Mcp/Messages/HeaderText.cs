using System.Buffers;
using System.Text;

namespace Bridge.Mcp.Messages;

/// <summary>Values as headers of HTTP hold them since 2026-07-28: as they are, or in base64 between marks where that could be read in two ways or not be sent.</summary>
public static class HeaderText
{
    private const string EncodedStart = "=?base64?", EncodedEnd = "?=";
    private const char FirstPlain = ' ', LastPlain = '~';

    private static readonly SearchValues<char> s_plain = SearchValues.Create([.. Enumerable.Range(FirstPlain, LastPlain - FirstPlain + 1).Select(code => (char)code)]);
    private static readonly SearchValues<char> s_allowed = SearchValues.Create(['\t', .. Enumerable.Range(FirstPlain, LastPlain - FirstPlain + 1).Select(code => (char)code)]);
    private static readonly UTF8Encoding s_strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <summary>Writes a value.</summary>
    /// <param name="value">The value.</param>
    /// <returns>The header's value; an empty one is encoded, because empty headers are dropped on the way.</returns>
    public static string Encode(string value)
    {
        ArgumentNullException.ThrowIfNull(value);
        bool plain = value.Length > 0 && !value.AsSpan().ContainsAnyExcept(s_plain) && value[0] != ' ' && value[^1] != ' ' && !IsMarked(value);
        return plain ? value : $"{EncodedStart}{Convert.ToBase64String(Encoding.UTF8.GetBytes(value))}{EncodedEnd}";
    }

    /// <summary>Reads a value.</summary>
    /// <param name="header">The header's value, without the space around it.</param>
    /// <returns>The value; <see langword="null"/> for one that is encoded wrongly, or holds what no header may hold.</returns>
    public static string? Decode(string header)
    {
        ArgumentNullException.ThrowIfNull(header);
        if (header.AsSpan().ContainsAnyExcept(s_allowed))
        {
            return null;
        }

        if (!IsMarked(header))
        {
            return header;
        }

        string encoded = header[EncodedStart.Length..^EncodedEnd.Length];
        try
        {
            byte[] bytes = Convert.FromBase64String(encoded);
            return Convert.ToBase64String(bytes) == encoded ? s_strict.GetString(bytes) : null; // one value has one encoding
        }
        catch (Exception error) when (error is FormatException or ArgumentException)
        {
            return null;
        }
    }

    private static bool IsMarked(string value) => value.Length >= EncodedStart.Length + EncodedEnd.Length
        && value.StartsWith(EncodedStart, StringComparison.Ordinal) && value.EndsWith(EncodedEnd, StringComparison.Ordinal);
}
