using System.Buffers;
using System.Text;
using System.Text.Json;

namespace Bridge.Schemas.Json;

/// <summary>Reads and shows JSON text without making strings where none is needed.</summary>
internal static class JsonText
{
    private const int MaxShown = 60;

    /// <summary>The length of UTF-8 text in code points.</summary>
    public static int CodePoints(ReadOnlySpan<byte> utf8)
    {
        int count = 0;
        foreach (byte unit in utf8)
        {
            count += (unit & 0xC0) == 0x80 ? 0 : 1;
        }

        return count;
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

    /// <summary>A value as a sentence for people shows it: <c>'C'</c>, <c>5</c>, <c>an object</c>.</summary>
    public static string Describe(JsonElement value)
    {
        using JsonTape tape = JsonTape.Of(value);
        return Describe(tape.Root);
    }

    /// <inheritdoc cref="Describe(JsonElement)"/>
    public static string Describe(JsonValue value) => value.Kind switch
    {
        JsonValueKind.String => $"'{Cap(value.ToString())}'",
        JsonValueKind.Object => "an object",
        JsonValueKind.Array => value.Count == 1 ? "an array of 1 item" : $"an array of {value.Count} items",
        _ => Cap(value.ToString()),
    };

    /// <summary>A value as JSON, cut when it is long.</summary>
    public static string Compact(JsonElement value)
    {
        using JsonTape tape = JsonTape.Of(value);
        return Compact(tape.Root);
    }

    /// <inheritdoc cref="Compact(JsonElement)"/>
    public static string Compact(JsonValue value) =>
        value.Kind == JsonValueKind.String ? $"\"{Cap(value.ToString())}\"" : Cap(value.ToString());

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
