using System.Text;
using System.Text.Json;
using System.Text.Unicode;

namespace Bridge.Schemas.Compilation;

/// <summary>Refuses schemas whose text readers understand differently; servers send them through parsers that let such text pass.</summary>
internal static class SchemaText
{
    /// <summary>Refuses text that is nested too deep, or holds strings that are not Unicode.</summary>
    /// <exception cref="InvalidSchemaException">It is or does.</exception>
    public static void Check(ReadOnlySpan<byte> utf8)
    {
        if (!Utf8.IsValid(utf8))
        {
            throw new InvalidSchemaException("", "The schema is not valid UTF-8; encode it as UTF-8.");
        }

        var reader = new Utf8JsonReader(
            utf8, new JsonReaderOptions { MaxDepth = SchemaBudget.MaxTextDepth, CommentHandling = JsonCommentHandling.Skip, AllowTrailingCommas = true });
        try
        {
            while (reader.Read())
            {
                if (reader.TokenType is JsonTokenType.String or JsonTokenType.PropertyName && reader.ValueIsEscaped)
                {
                    _ = reader.GetString();
                }
            }
        }
        catch (InvalidOperationException)
        {
            throw new InvalidSchemaException(
                "", $"The schema's string '{Encoding.UTF8.GetString(Shown(reader.ValueSpan))}' escapes half of a surrogate pair; write both halves, or neither.");
        }
        catch (JsonException)
        {
            throw new InvalidSchemaException("", $"The schema's JSON is nested deeper than {SchemaBudget.MaxTextDepth} levels; make it flatter.");
        }
    }

    /// <summary>Refuses an object that has a member twice, anywhere: readers take the first or the last.</summary>
    /// <exception cref="InvalidSchemaException">There is one.</exception>
    public static void CheckDuplicates(ReadOnlySpan<byte> utf8)
    {
        try
        {
            JsonElement.Parse(utf8, new JsonDocumentOptions
            {
                AllowDuplicateProperties = false,
                MaxDepth = SchemaBudget.MaxTextDepth,
                CommentHandling = JsonCommentHandling.Skip,
                AllowTrailingCommas = true,
            });
        }
        catch (JsonException error)
        {
            throw new InvalidSchemaException("", $"An object of the schema has a member twice; keep one. {error.Message.TrimEnd('.')}.");
        }
    }

    private static ReadOnlySpan<byte> Shown(ReadOnlySpan<byte> text) => text[..Math.Min(text.Length, 60)];
}
