using System.Collections.Immutable;
using System.Text.Json;
using Bridge.Evaluation.Reading;

namespace Bridge.Evaluation.Originals;

/// <summary>Files that are one JSON list.</summary>
internal static class JsonList
{
    /// <summary>The items of a file.</summary>
    /// <exception cref="InvalidDataException">It is no JSON list.</exception>
    public static async Task<ImmutableArray<JsonElement>> ReadAsync(string file, CancellationToken cancellationToken)
    {
        Stream stream = TextFile.Open(file);
        await using (stream.ConfigureAwait(false))
        {
            try
            {
                using JsonDocument document = await JsonDocument.ParseAsync(stream, cancellationToken: cancellationToken).ConfigureAwait(false);
                return document.RootElement.ValueKind == JsonValueKind.Array
                    ? [.. document.RootElement.Clone().EnumerateArray()]
                    : throw new InvalidDataException($"'{file}' must be a JSON list.");
            }
            catch (JsonException error)
            {
                throw new InvalidDataException($"'{file}' is not JSON: {error.Message}");
            }
        }
    }

    /// <summary>A member that is a text; <see langword="null"/> where there is none.</summary>
    public static string? Text(JsonElement json, string name) =>
        json.ValueKind == JsonValueKind.Object && json.TryGetProperty(name, out JsonElement value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;
}
