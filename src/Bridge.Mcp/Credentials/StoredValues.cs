using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Bridge.Mcp.Credentials;

/// <summary>The values that one client has at one server, as they are kept.</summary>
/// <param name="Client">The client.</param>
/// <param name="Values">The values, by name.</param>
internal sealed record StoredValues(string Client, ImmutableSortedDictionary<string, string> Values)
{
    public static StoredValues Read(ReadOnlyMemory<byte> json)
    {
        StoredValues read = JsonSerializer.Deserialize(json.Span, StoredValuesJsonContext.Default.StoredValues)!;
        return read with { Values = read.Values.WithComparers(StringComparer.Ordinal) };
    }

    public byte[] Write() => JsonSerializer.SerializeToUtf8Bytes(this, StoredValuesJsonContext.Default.StoredValues);

    /// <inheritdoc/>
    public override string ToString() => Client; // never the values
}

/// <summary>How values are written without reflection.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower, RespectNullableAnnotations = true)]
[JsonSerializable(typeof(StoredValues))]
internal sealed partial class StoredValuesJsonContext : JsonSerializerContext;
