using System.Text.Json;
using System.Text.Json.Serialization;

namespace Bridge.Identity;

/// <summary>A key as it lies in the store.</summary>
internal sealed record StoredKey(
    string Id, string Name, string Hash, IReadOnlyList<string> Scopes, DateTimeOffset Created, DateTimeOffset? Expires, DateTimeOffset? Revoked)
{
    public static byte[] Write(ApiKey key) => JsonSerializer.SerializeToUtf8Bytes(
        new StoredKey(key.Id, key.Name, key.Hash, [.. key.Scopes.Order(StringComparer.Ordinal)], key.Created, key.Expires, key.Revoked),
        StoredKeyJsonContext.Default.StoredKey);

    public static ApiKey Read(ReadOnlyMemory<byte> json)
    {
        StoredKey stored = JsonSerializer.Deserialize(json.Span, StoredKeyJsonContext.Default.StoredKey)!;
        return new ApiKey(stored.Id, stored.Name, stored.Hash, [.. stored.Scopes], stored.Created)
        {
            Expires = stored.Expires,
            Revoked = stored.Revoked,
        };
    }
}

/// <summary>How keys are written without reflection.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower, RespectNullableAnnotations = true, RespectRequiredConstructorParameters = true)]
[JsonSerializable(typeof(StoredKey))]
internal sealed partial class StoredKeyJsonContext : JsonSerializerContext;
