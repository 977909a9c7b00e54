using System.Buffers;
using System.Runtime.InteropServices;
using System.Text;
using System.Text.Json;

namespace Bridge.Schemas.Json;

/// <summary>Reads and shows JSON text without making strings where none is needed.</summary>
internal static class JsonText
{
    private const int MaxShown = 60;

    /// <summary>The length of a string in code points.</summary>
    public static int CodePoints(JsonElement text)
    {
        ReadOnlySpan<byte> raw = JsonMarshal.GetRawUtf8Value(text)[1..^1];
        if (raw.Contains((byte)'\\'))
        {
            int runes = 0;
            foreach (Rune _ in text.GetString().AsSpan().EnumerateRunes())
            {
                runes++;
            }

            return runes;
        }

        int count = 0;
        foreach (byte unit in raw)
        {
            count += (unit & 0xC0) == 0x80 ? 0 : 1;
        }

        return count;
    }

    /// <summary>Gives a string's characters to a function without allocating.</summary>
    public static TResult Read<TState, TResult>(JsonElement text, TState state, Func<TState, ReadOnlySpan<char>, TResult> read)
    {
        ReadOnlySpan<byte> raw = JsonMarshal.GetRawUtf8Value(text)[1..^1];
        return raw.Contains((byte)'\\') ? read(state, text.GetString()) : ReadUtf8(raw, state, read);
    }

    /// <summary>Gives the characters of UTF-8 text to a function without allocating.</summary>
    public static TResult ReadUtf8<TState, TResult>(ReadOnlySpan<byte> utf8, TState state, Func<TState, ReadOnlySpan<char>, TResult> read)
    {
        if (utf8.Length <= 256)
        {
            Span<char> buffer = stackalloc char[256];
            return read(state, buffer[..Encoding.UTF8.GetChars(utf8, buffer)]);
        }

        char[] rented = ArrayPool<char>.Shared.Rent(utf8.Length);
        try
        {
            return read(state, rented.AsSpan(0, Encoding.UTF8.GetChars(utf8, rented)));
        }
        finally
        {
            ArrayPool<char>.Shared.Return(rented);
        }
    }

    /// <summary>A text as a JSON string.</summary>
    public static JsonElement ToElement(string text) =>
        JsonElement.Parse($"\"{JsonEncodedText.Encode(text)}\"");

    /// <summary>A value as a sentence for people shows it: <c>'C'</c>, <c>5</c>, <c>an object</c>.</summary>
    public static string Describe(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.String => $"'{Cap(value.GetString()!)}'",
        JsonValueKind.Object => "an object",
        JsonValueKind.Array => value.GetArrayLength() == 1 ? "an array of 1 item" : $"an array of {value.GetArrayLength()} items",
        _ => Cap(value.GetRawText()),
    };

    /// <summary>A value as JSON, cut when it is long.</summary>
    public static string Compact(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.String => $"\"{Cap(value.GetString()!)}\"",
        _ => Cap(value.GetRawText()),
    };

    /// <summary>A text, cut when it is long; control characters are shown as spaces.</summary>
    public static string Cap(string text)
    {
        if (text.Length > MaxShown)
        {
            int end = char.IsHighSurrogate(text[MaxShown - 1]) ? MaxShown - 1 : MaxShown;
            text = string.Concat(text.AsSpan(0, end), "…");
        }

        return text.AsSpan().ContainsAnyInRange('\0', '\u001f')
            ? string.Create(text.Length, text, static (span, from) =>
            {
                for (int i = 0; i < from.Length; i++)
                {
                    span[i] = from[i] < ' ' ? ' ' : from[i];
                }
            })
            : text;
    }
}
