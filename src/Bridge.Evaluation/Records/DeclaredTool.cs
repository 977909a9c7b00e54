using System.Collections.Immutable;
using System.Text.Json;

namespace Bridge.Evaluation.Records;

/// <summary>What the published rules need to know of a tool: its required parameters and their types, in the names of the leaderboard's own files.</summary>
/// <param name="Required">The required parameters.</param>
/// <param name="Types">The type of each parameter.</param>
public sealed record DeclaredTool(ImmutableArray<string> Required, ImmutableDictionary<string, DeclaredType> Types)
{
    /// <summary>The types that a record declares.</summary>
    /// <param name="json">The value of <c>bfcl.TOOL</c>.</param>
    /// <returns>The types.</returns>
    /// <exception cref="FormatException">It is not of the form that <c>docs/evaluation.md</c> shows.</exception>
    internal static DeclaredTool Read(JsonElement json)
    {
        if (json.ValueKind != JsonValueKind.Object || !json.TryGetProperty("types", out JsonElement types) || types.ValueKind != JsonValueKind.Object)
        {
            throw new FormatException("'bfcl' must hold an object with 'types' and 'required' for each tool.");
        }

        return new DeclaredTool(RequiredOf(json), types.EnumerateObject().ToImmutableDictionary(type => type.Name, type => DeclaredType.Read(type.Value), StringComparer.Ordinal));
    }

    /// <summary>The types that a tool's schema says, for records that declare none.</summary>
    /// <param name="schema">The input schema.</param>
    /// <returns>The types.</returns>
    internal static DeclaredTool OfSchema(JsonElement schema)
    {
        IEnumerable<JsonProperty> properties = schema.ValueKind == JsonValueKind.Object
            && schema.TryGetProperty("properties", out JsonElement found) && found.ValueKind == JsonValueKind.Object
            ? found.EnumerateObject()
            : [];
        return new DeclaredTool(
            RequiredOf(schema),
            properties.ToImmutableDictionary(property => property.Name, property => DeclaredType.OfSchema(property.Value), StringComparer.Ordinal));
    }

    private static ImmutableArray<string> RequiredOf(JsonElement json) =>
        json.ValueKind == JsonValueKind.Object && json.TryGetProperty("required", out JsonElement required) && required.ValueKind == JsonValueKind.Array
            ? [.. required.EnumerateArray().Where(name => name.ValueKind == JsonValueKind.String).Select(name => name.GetString()!)]
            : [];
}
