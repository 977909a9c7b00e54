using System.Text.Json;

namespace Bridge.Schemas.Json;

/// <summary>Parses JSON the way every reader of it agrees on: no duplicate keys, no comments, bounded depth.</summary>
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
        try
        {
            using JsonDocument document = JsonDocument.Parse(
                utf8, new JsonDocumentOptions { MaxDepth = MaxDepth, AllowDuplicateProperties = false });
            return document.RootElement.Clone();
        }
        catch (JsonException error)
        {
            throw new StrictJsonException(error.Message, error);
        }
    }
}
