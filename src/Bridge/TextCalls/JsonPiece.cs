using System.Text;
using System.Text.Json;
using Bridge.Schemas.Json;

namespace Bridge.TextCalls;

/// <summary>A JSON object or array that stands in a text.</summary>
/// <param name="Value">The value.</param>
/// <param name="Start">Where it begins.</param>
/// <param name="End">Behind its last character.</param>
internal readonly record struct JsonPiece(JsonElement Value, int Start, int End)
{
    private static readonly JsonDocumentOptions s_options = new() { MaxDepth = StrictJson.MaxDepth, AllowDuplicateProperties = true };

    /// <summary>Reads the value that begins at a position, whitespace skipped.</summary>
    public static JsonPiece? TryRead(string text, int start)
    {
        while (start < text.Length && char.IsWhiteSpace(text[start]))
        {
            start++;
        }

        if (start >= text.Length || text[start] is not ('{' or '['))
        {
            return null;
        }

        byte[] utf8 = Encoding.UTF8.GetBytes(text, start, text.Length - start);
        var reader = new Utf8JsonReader(utf8, isFinalBlock: true, new JsonReaderState(new JsonReaderOptions { MaxDepth = StrictJson.MaxDepth, AllowMultipleValues = true }));
        try
        {
            // Parsed again from exactly its bytes, because the second reader would otherwise look at what follows.
            reader.Read();
            reader.Skip();
            int length = (int)reader.BytesConsumed;
            using JsonDocument document = JsonDocument.Parse(utf8.AsMemory(0, length), s_options);
            return new JsonPiece(document.RootElement.Clone(), start, start + Encoding.UTF8.GetCharCount(utf8.AsSpan(0, length)));
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
