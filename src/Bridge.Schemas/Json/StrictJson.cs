using System.Text;
using System.Text.Json;

namespace Bridge.Schemas.Json;

/// <summary>Parses JSON the way every reader of it agrees on: no duplicate keys, no comments, no broken text, bounded depth.</summary>
public static class StrictJson
{
    /// <summary>The deepest nesting that is accepted.</summary>
    public const int MaxDepth = 64;

    /// <summary>Parses one JSON value.</summary>
    /// <param name="utf8">The value's UTF-8 bytes.</param>
    /// <returns>The value, detached from its document.</returns>
    /// <exception cref="StrictJsonException">The text is not JSON, or not unambiguous JSON.</exception>
    public static JsonElement Parse(ReadOnlyMemory<byte> utf8)
    {
        CheckBytes(utf8.Span);
        try
        {
            CheckTokens(utf8.Span);
            using JsonDocument document = JsonDocument.Parse(
                utf8, new JsonDocumentOptions { MaxDepth = MaxDepth, AllowDuplicateProperties = false });
            return document.RootElement.Clone();
        }
        catch (JsonException error)
        {
            throw Malformed(error);
        }
    }

    private static void CheckBytes(ReadOnlySpan<byte> utf8)
    {
        if (utf8.StartsWith("\uFEFF"u8))
        {
            throw new StrictJsonException("The JSON begins with a byte order mark at byte 0; send UTF-8 without one.");
        }

        int nul = utf8.IndexOf((byte)0);
        if (nul >= 0)
        {
            throw new StrictJsonException($"The JSON holds a raw NUL at byte {nul}; write it as '\\u0000' inside a string, or leave it out.");
        }

        if (System.Text.Unicode.Utf8.IsValid(utf8))
        {
            return;
        }

        int position = 0;
        while (Rune.DecodeFromUtf8(utf8[position..], out _, out int length) == System.Buffers.OperationStatus.Done)
        {
            position += length;
        }

        throw new StrictJsonException($"The JSON is not valid UTF-8 at byte {position}; encode it as UTF-8.");
    }

    /// <summary>Finds what a parser lets pass although readers differ about it.</summary>
    private static void CheckTokens(ReadOnlySpan<byte> utf8)
    {
        var reader = new Utf8JsonReader(utf8, new JsonReaderOptions { MaxDepth = MaxDepth });
        while (reader.Read())
        {
            if (reader.TokenType == JsonTokenType.Number)
            {
                CheckNumber(reader);
            }
            else if (reader.TokenType is JsonTokenType.String or JsonTokenType.PropertyName && reader.ValueIsEscaped)
            {
                CheckEscapes(reader);
            }
        }
    }

    private static void CheckNumber(in Utf8JsonReader reader)
    {
        if (!reader.TryGetDouble(out double value) || !double.IsFinite(value))
        {
            string text = Encoding.UTF8.GetString(reader.ValueSpan);
            throw new StrictJsonException(
                $"The number '{JsonText.Cap(text)}' at byte {reader.TokenStartIndex} is too large; numbers must fit a double.");
        }
    }

    private static void CheckEscapes(in Utf8JsonReader reader)
    {
        try
        {
            _ = reader.GetString();
        }
        catch (InvalidOperationException error)
        {
            throw new StrictJsonException(
                $"The string at byte {reader.TokenStartIndex} escapes half of a surrogate pair; write both halves, or neither.", error);
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
