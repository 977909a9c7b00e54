using System.Buffers;
using System.Text;
using System.Text.Json;
using System.Text.Unicode;

namespace Bridge.Schemas.Json;

/// <summary>Parses JSON the way every reader of it agrees on: no duplicate keys, no comments, no broken text, bounded depth.</summary>
public static class StrictJson
{
    /// <summary>The deepest nesting that is accepted.</summary>
    public const int MaxDepth = 64;

    /// <summary>Numbers of fewer characters are small enough, unless they have an exponent.</summary>
    private const int MaxPlainDigits = 300;

    /// <summary>Parses one JSON value.</summary>
    /// <param name="utf8">The value's UTF-8 bytes.</param>
    /// <returns>The value, detached from the bytes.</returns>
    /// <exception cref="StrictJsonException">The text is not JSON, or not unambiguous JSON.</exception>
    public static JsonElement Parse(ReadOnlyMemory<byte> utf8)
    {
        using JsonTape tape = Read(utf8.Span);
        return JsonElement.Parse(utf8.Span, new JsonDocumentOptions { MaxDepth = MaxDepth });
    }

    /// <summary>Reads one JSON value; this is the one place that decides what is strict.</summary>
    /// <param name="utf8">The value's UTF-8 bytes.</param>
    /// <returns>The value, for whoever reads it to give back.</returns>
    /// <exception cref="StrictJsonException">The text is not JSON, or not unambiguous JSON.</exception>
    internal static JsonTape Read(ReadOnlySpan<byte> utf8)
    {
        JsonTape tape = JsonTape.Rent();
        try
        {
            if (Utf8.IsValid(utf8))
            {
                tape.ReadStrictly(utf8);
                if (!tape.HasDuplicates)
                {
                    return tape;
                }
            }
        }
        catch (JsonException error)
        {
            throw Explain(utf8, Malformed(error));
        }
        catch (StrictJsonException error)
        {
            throw Explain(utf8, error);
        }

        throw Explain(utf8, null);
    }

    /// <summary>Refuses a number that no double holds.</summary>
    internal static void CheckNumber(in Utf8JsonReader reader, bool isPlainInteger)
    {
        ReadOnlySpan<byte> digits = reader.ValueSpan;
        bool maybeLarge = digits.Length > MaxPlainDigits || (!isPlainInteger && digits.IndexOfAny((byte)'e', (byte)'E') >= 0);
        if (maybeLarge && (!reader.TryGetDouble(out double value) || !double.IsFinite(value)))
        {
            string text = Encoding.UTF8.GetString(digits);
            throw new StrictJsonException(
                $"The number '{JsonText.Cap(text)}' at byte {reader.TokenStartIndex} is too large; numbers must fit a double.");
        }
    }

    /// <summary>Says what is wrong with a text that was refused: broken bytes first, then what stopped the reading, then duplicates.</summary>
    private static StrictJsonException Explain(ReadOnlySpan<byte> utf8, StrictJsonException? stopped)
    {
        if (utf8.StartsWith("\uFEFF"u8))
        {
            return new StrictJsonException("The JSON begins with a byte order mark at byte 0; send UTF-8 without one.");
        }

        int nul = utf8.IndexOf((byte)0);
        if (nul >= 0)
        {
            return new StrictJsonException($"The JSON holds a raw NUL at byte {nul}; write it as '\\u0000' inside a string, or leave it out.");
        }

        if (!Utf8.IsValid(utf8))
        {
            int position = 0;
            while (Rune.DecodeFromUtf8(utf8[position..], out _, out int length) == OperationStatus.Done)
            {
                position += length;
            }

            return new StrictJsonException($"The JSON is not valid UTF-8 at byte {position}; encode it as UTF-8.");
        }

        return stopped ?? Duplicate(utf8);
    }

    /// <summary>Names the member that is there twice; the parser of the framework names it as it always did.</summary>
    private static StrictJsonException Duplicate(ReadOnlySpan<byte> utf8)
    {
        try
        {
            JsonElement.Parse(utf8, new JsonDocumentOptions { MaxDepth = MaxDepth, AllowDuplicateProperties = false });
            return new StrictJsonException("The text is not valid JSON: an object has a property twice.");
        }
        catch (JsonException error)
        {
            return Malformed(error);
        }
    }

    private static StrictJsonException Malformed(JsonException error)
    {
        string reason = error.Message;
        int end = reason.IndexOf(" LineNumber:", StringComparison.Ordinal);
        reason = (end < 0 ? reason : reason[..end]).Trim().TrimEnd('.');
        string where = error.LineNumber is { } line ? $" at line {line + 1}, byte {error.BytePositionInLine}" : "";
        return new StrictJsonException($"The text is not valid JSON{where}: {reason}.", error);
    }
}
